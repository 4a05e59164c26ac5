/** What the test runner adds to `import.meta`: modules by pattern. */
interface ImportMeta {
  glob<T>(pattern: string, options: { readonly query: string; readonly import: string; readonly eager: true }): Record<string, T>
}

import { wrongShape } from '../expression-error.ts'

/** Refuses another number of operands. */
export function arity({ args, path }: { readonly args: readonly unknown[]; readonly path: string }, least: number, most = least): void {
  const { length } = args
  if (length < least || length > most)
    throw wrongShape(path, `${least === most ? least : most < Number.POSITIVE_INFINITY ? `${least}-${most}` : `${least}+`} operands`)
}

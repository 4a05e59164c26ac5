/** Making an `Intl` formatter costs far more than using it, so each is made once per locale and shape. */
export function memo<T>(make: (locale: string, shape: string) => T): (locale: string, shape?: string) => T {
  const made = new Map<string, T>()
  return (locale, shape = '') => {
    const key = `${locale} ${shape}`
    const known = made.get(key)
    if (known !== undefined) return known
    const formatter = make(locale, shape)
    made.set(key, formatter)
    return formatter
  }
}

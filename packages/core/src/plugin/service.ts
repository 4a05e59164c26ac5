declare const provided: unique symbol

/** A typed name for something a plugin provides; resolved per CRM instance. */
export interface Service<T> {
  readonly id: string
  /** Type only. */
  readonly [provided]?: T
}

/** Names a service: `export const router = service<Router>('sales.router')`. The id starts with the plugin's. */
export function service<T>(id: string): Service<T> {
  return { id }
}

import type { PropertySchema } from './schema.ts'

/** An amount in minor units (分, cents) of one currency. Sums and comparisons stay within a currency. */
export interface Money {
  /** Safe integer of minor units. */
  readonly minor: number
  /** ISO 4217 code. */
  readonly currency: string
}

/** A pointer to a record of any object. */
export interface AnyReference {
  readonly object: string
  readonly id: string
}

/** A stored file, as a field holds it. */
export interface FileReference {
  readonly id: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Media type. */
  readonly type: string
}

type Option<P> = P extends { readonly enum: readonly (infer V extends string)[] }
  ? V
  : P extends { readonly options: readonly { readonly value: infer V extends string }[] }
    ? V
    : string

type Items<P> = P extends { readonly items: { readonly enum: readonly (infer V extends string)[] } } ? V : Option<P>

type OfKind<P, K> = K extends 'integer' | 'number' | 'instant'
  ? number
  : K extends 'boolean'
    ? boolean
    : K extends 'money'
      ? Money
      : K extends 'choice'
        ? Option<P>
        : K extends 'multiChoice'
          ? Items<P>[]
          : K extends 'links'
            ? string[]
            : K extends 'anyReference'
              ? AnyReference
              : K extends 'file'
                ? FileReference
                : string

type ValueOf<P> = P extends { readonly kind: infer K }
  ? OfKind<P, K>
  : P extends { readonly enum: readonly string[] }
    ? Option<P>
    : P extends { readonly type: 'array' }
      ? Items<P>[]
      : P extends { readonly type: 'integer' | 'number' }
        ? number
        : P extends { readonly type: 'boolean' }
          ? boolean
          : string

type Virtual<P> = P extends { readonly kind: 'children' } ? true : false
type Listed<P> = P extends { readonly kind: 'links' | 'multiChoice' } | { readonly type: 'array' } ? true : false

/** The record type of a schema: required fields have a value, lists are never null, all others may be null. */
export type Infer<S extends SchemaShape> = {
  -readonly [K in keyof S['properties'] as Virtual<S['properties'][K]> extends true ? never : K]: K extends Required<S>
    ? ValueOf<S['properties'][K]>
    : Listed<S['properties'][K]> extends true
      ? ValueOf<S['properties'][K]>
      : ValueOf<S['properties'][K]> | null
}

/** The widest schema {@link Infer} takes. */
export interface SchemaShape {
  readonly type: 'object'
  readonly required?: readonly string[]
  readonly properties: Readonly<Record<string, PropertySchema>>
}

type Required<S> = S extends { readonly required: readonly (infer R)[] } ? R : never

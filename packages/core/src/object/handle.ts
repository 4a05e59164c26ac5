import type { Infer, SchemaShape } from './infer.ts'
import type { ObjectOptions, ObjectSchema } from './schema.ts'

declare const record: unique symbol

/**
 * An object, as code refers to it: hooks, queries and services take the handle, so its record type arrives by import and never by
 * global merging.
 */
export interface ObjectHandle<T extends object = Record<string, unknown>> {
  readonly name: string
  readonly schema: ObjectSchema
  readonly options: ObjectOptions
  /** Set on a handle that adds fields to another's object: only the added ones are in `schema`. */
  readonly extends?: true
  /** Type only. */
  readonly [record]?: T
}

/** What {@link defineObject} gives: a handle that still knows its schema. */
export interface ObjectDefinitionHandle<S extends SchemaShape> extends ObjectHandle<Infer<S>> {}

/** The record type of a handle: `interface Deal extends RecordOf<typeof deal> {}`. */
export type RecordOf<H> = H extends ObjectHandle<infer T> ? T : never

/** What every record has besides its own fields. */
export interface SystemFields {
  readonly id: string
  /** Goes up by one at every write; send it back with a change. */
  readonly version: number
  /** Instants are integer milliseconds UTC. */
  readonly createdAt: number
  readonly createdBy: string
  readonly updatedAt: number
  readonly updatedBy: string
  /** Null while the record is live. */
  readonly deletedAt: number | null
  /** Person of the directory. */
  ownerId: string | null
  /** Team of the directory. */
  teamId: string | null
  /** Fields the tenant's admins added, by name. */
  custom: Record<string, unknown>
}

/** A record as it is read. */
export type Stored<T> = T & SystemFields

type NullKeys<T> = { [K in keyof T]: null extends T[K] ? K : T[K] extends unknown[] ? K : never }[keyof T]

/** What `create` takes: fields that may be null may be left out. A field with a default may be left out too. */
export type NewRecord<T> = Partial<T> & Omit<T, NullKeys<T>> & Partial<Pick<SystemFields, 'id' | 'ownerId' | 'teamId' | 'custom'>>

/** What `update` takes. */
export type Patch<T> = Partial<T> & Partial<Pick<SystemFields, 'ownerId' | 'teamId' | 'custom'>>

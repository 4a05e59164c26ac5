import { type FieldLike, type ObjectLike, personObject, teamObject } from './schema.ts'

/** Short, because every page that compiles expressions loads it; what the fields are called is loaded with sentences. */
const fields = (kinds: Readonly<Record<string, string>>): FieldLike[] =>
  Object.entries(kinds).flatMap(([kind, names]) =>
    names.split(' ').map((name) => ({ name, kind, to: teamObject, ...(name === 'state' && { options: states }) })),
  )

/** Work states of a person. */
const states = 'active onboarding away suspended left'.split(' ').map((value) => ({ value }))

const directory: readonly ObjectLike[] = [
  {
    name: personObject,
    fields: fields({
      text: 'name email locale teamId',
      choice: 'state',
      instant: 'awayFrom awayTo',
      multiChoice: 'roles',
      user: 'leaderId',
    }),
  },
  { name: teamObject, fields: fields({ text: 'name', reference: 'parentId', user: 'leaderId' }) },
]

/**
 * A person or a team as paths see them: `ownerId.name`, `ownerId.leaderId`, `teamId.parentId`. `teamId` of somebody in several teams is the
 * one whose id comes first; `leaderId` is who leads it, or the next team above that somebody else leads. For the `objects` of an expression
 * that is compiled outside of a CRM; undefined for any other name.
 */
export const directoryObject = (name: string): ObjectLike | undefined => directory.find((object) => object.name === name)

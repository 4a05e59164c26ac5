import { after } from '../../hook/hook.ts'
import { pipeline } from '../object/pipeline.ts'

/** There is one default pipeline: choosing another takes the mark from the last. */
export const oneDefaultPipeline = after(
  pipeline,
  { id: 'one-default-pipeline', on: ['create', 'update'], fields: ['isDefault'], reads: ['isDefault'], database: true },
  async (change, context) => {
    if (!change.next.isDefault) return
    await context
      .records(pipeline)
      .updateMany({ where: { isDefault: true, id: { ne: change.id } }, maxAffected: 100 }, { isDefault: false })
  },
)

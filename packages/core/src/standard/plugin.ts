import type { Hook } from '../hook/hook.ts'
import type { ObjectHandle } from '../object/handle.ts'
import { definePlugin } from '../plugin/define-plugin.ts'
import { enterStage } from './deal/enter-stage.ts'
import { followStageProbability } from './deal/follow-stage-probability.ts'
import { checkRank } from './deal/rank.ts'
import { standardErrors } from './errors.ts'
import { activityTime } from './guard/activity-time.ts'
import { contactPointValue } from './guard/contact-point-value.ts'
import { customerParent } from './guard/customer-parent.ts'
import { customerWithOpenDeals } from './guard/customer-with-open-deals.ts'
import { oneDefaultPipeline } from './guard/one-default-pipeline.ts'
import { ownSegment, ownView } from './guard/own-view.ts'
import { segmentCondition } from './guard/segment-condition.ts'
import { pipelineInUse, stageInUse } from './guard/stage-in-use.ts'
import { checkUscc } from './guard/uscc.ts'
import { checkMove } from './lead/check-move.ts'
import { conversion, createConversion } from './lead/conversion.ts'
import { convert } from './lead/convert.ts'
import { convertEndpoint, undoEndpoint } from './lead/endpoints.ts'
import { keepConverted } from './lead/keep-converted.ts'
import { lifeCycle } from './lead/life-cycle.ts'
import { undoConversion } from './lead/undo-conversion.ts'
import { activity } from './object/activity.ts'
import { contact } from './object/contact.ts'
import { contactPoint } from './object/contact-point.ts'
import { customer } from './object/customer.ts'
import { deal } from './object/deal.ts'
import { lead } from './object/lead.ts'
import { pipeline } from './object/pipeline.ts'
import { product } from './object/product.ts'
import { savedView } from './object/saved-view.ts'
import { segment } from './object/segment.ts'
import { stage } from './object/stage.ts'
import { provisionPipeline } from './provision.ts'
import { contactConsent, contactSources } from './reach/contact-points.ts'
import { checkRules, checkRulesHourly, ruleBroken } from './rule/broken-rules.ts'
import { notify, ruleMessage } from './rule/notify.ts'
import { task } from './rule/task.ts'

const objects: readonly ObjectHandle<object>[] = [
  lead,
  customer,
  contact,
  contactPoint,
  pipeline,
  stage,
  deal,
  activity,
  product,
  savedView,
  segment,
]

const hooks: readonly Hook[] = [
  checkMove,
  keepConverted,
  lifeCycle,
  convert,
  undoConversion,
  enterStage,
  followStageProbability,
  checkUscc,
  customerParent,
  customerWithOpenDeals,
  stageInUse,
  pipelineInUse,
  oneDefaultPipeline,
  contactPointValue,
  activityTime,
  checkRank,
  ownView,
  ownSegment,
  segmentCondition,
]

/** The standard objects of a CRM: an ordinary plugin, made with the public API only. */
export const standard = definePlugin({
  id: 'standard',
  version: '0.1.0',
  core: '^0.1.0',
  setup(recorder) {
    for (const object of objects) recorder.object(object)
    for (const hook of hooks) recorder.hook(hook)
    recorder.errors(standardErrors)
    for (const source of contactSources) recorder.contact(source)
    recorder.gate(contactConsent)
    recorder.message(ruleMessage)
    recorder.message(ruleBroken)
    recorder.job(checkRules)
    recorder.schedule(checkRulesHourly)
    for (const action of [task, notify]) recorder.action(action)
    recorder.provide(conversion, {}, createConversion)
    recorder.endpoint(convertEndpoint)
    recorder.endpoint(undoEndpoint)
    recorder.provision('default-pipeline', provisionPipeline)
  },
})

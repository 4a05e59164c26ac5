export {
  type Overridable,
  type OverridableOptions,
  type OverrideInput,
  type OverrideNames,
  overridable,
  overrideReasons,
} from './overridable.ts'

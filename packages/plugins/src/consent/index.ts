export { type Consent, consent } from './consent.ts'
export {
  type ConsentQuestion,
  type ConsentReader,
  type ConsentState,
  consentDenial,
  consentState,
  type Statement,
  stricterConsent,
} from './consent-state.ts'
export { consents } from './plugin.ts'

import type { Endpoint, EndpointContext } from '../../plugin/plugin.ts'
import { type ConversionInput, conversion } from './conversion.ts'

const target = { leadId: { type: 'string' }, version: { anyOf: [{ type: 'integer' }, { const: 'any' }] } }

/** `POST /api/plugins/standard/lead-conversion`: converts; what the actor may do with leads decides who may. */
export const convertEndpoint: Endpoint = {
  method: 'POST',
  path: 'lead-conversion',
  roles: '*',
  input: {
    type: 'object',
    required: ['leadId', 'version'],
    additionalProperties: false,
    properties: {
      ...target,
      customerId: { type: 'string' },
      contactId: { type: 'string' },
      deal: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 200 },
          amount: {
            type: 'object',
            required: ['minor', 'currency'],
            additionalProperties: false,
            properties: { minor: { type: 'integer' }, currency: { type: 'string' } },
          },
          closeDate: { type: 'string', format: 'date' },
        },
      },
    },
  },
  output: { type: 'object' },
  handle: (input: ConversionInput, context: EndpointContext) => context.service(conversion).convert(context, input),
}

/** `POST /api/plugins/standard/lead-conversion-undo`: takes a conversion back. */
export const undoEndpoint: Endpoint = {
  method: 'POST',
  path: 'lead-conversion-undo',
  roles: '*',
  input: { type: 'object', required: ['leadId', 'version'], additionalProperties: false, properties: target },
  output: { type: 'object' },
  handle: (input: ConversionInput, context: EndpointContext) => context.service(conversion).undo(context, input),
}

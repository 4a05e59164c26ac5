import type { ErrorEntry } from './crm-error.ts'
import { entry } from './entry.ts'

/** Requests that are refused before anything is looked at. */
export const requestErrors = {
  METHOD_NOT_ALLOWED: entry(
    405,
    '此地址不支持 {method}。',
    'This address does not support {method}.',
    '可用：{allowed}。',
    'It supports {allowed}.',
  ),
  CSRF_REFUSED: entry(
    403,
    '请求来自另一个网站。',
    'The request comes from another site.',
    '从同源页面发送，或带上 Authorization 请求头，或把来源加入 trustedOrigins。',
    'Send it from a page of the same origin, with an Authorization header, or add the origin to trustedOrigins.',
  ),
  CONTENT_TYPE_UNSUPPORTED: entry(
    415,
    '请求内容的类型不受支持。',
    'The type of the request’s body is not supported.',
    '发送 content-type: application/json，UTF-8，不压缩。',
    'Send content-type: application/json in UTF-8, uncompressed.',
  ),
  BODY_TOO_LARGE: entry(413, '请求内容超过 {limit} 字节。', 'The request’s body is larger than {limit} bytes.'),
  BODY_LENGTH: entry(400, '请求内容的长度与 content-length 不符。', 'The request’s body is not as long as content-length says.'),
  BODY_CONSUMED: entry(
    500,
    '请求内容已被宿主应用读走。',
    'The host app has already read the request’s body.',
    '把处理器放在读取请求内容的中间件之前，或保留其结果（request.body）。',
    'Mount the handler before whatever reads bodies, or keep its result in request.body.',
  ),
  BODY_NOT_UTF8: entry(400, '请求内容不是有效的 UTF-8。', 'The request’s body is not valid UTF-8.'),
  BODY_INVALID: entry(400, '请求内容应为 {expected}。', 'The request’s body must be {expected}.'),
  JSON_INVALID: entry(400, '不是有效的 JSON。', 'This is not valid JSON.'),
  JSON_TOO_DEEP: entry(400, 'JSON 嵌套超过 {limit} 层。', 'The JSON is nested more than {limit} levels deep.'),
  JSON_TOO_MANY_KEYS: entry(400, 'JSON 超过 {limit} 个键。', 'The JSON has more than {limit} keys.'),
  JSON_NUMBER: entry(
    400,
    'JSON 中有过长或过大的数字，最多 {limit} 个字符。',
    'A number in the JSON is too long or too large; at most {limit} characters.',
  ),
  JSON_KEY_REPEATED: entry(400, 'JSON 中的键「{key}」出现了两次。', 'The key “{key}” is there twice in one JSON object.'),
  JSON_KEY_FORBIDDEN: entry(400, 'JSON 中不能有键「{key}」。', 'The key “{key}” is not allowed in JSON.'),
} as const satisfies Record<string, ErrorEntry>

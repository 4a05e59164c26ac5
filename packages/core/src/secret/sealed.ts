import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { crmError } from '../error/crm-error.ts'

const purpose = 'guanxi sealed secrets'
const shortestKey = 32
const sizes = { key: 32, iv: 12, tag: 16, name: 8 } as const

/** Keeps secrets so that a copy of the database does not tell them. */
export interface Sealer {
  /** `place` says whose secret it is: text that is moved to another place cannot be opened there. */
  seal(text: string, place: string): string
  /** Throws SECRET_UNREADABLE where no key fits. */
  open(sealed: string, place: string): string
}

/** AES-256-GCM under keys of the host: the first one seals, all of them open. Throws PARAMETER_INVALID for keys that are too short. */
export function createSealer(keys: readonly string[]): Sealer {
  if (!Array.isArray(keys) || keys.length === 0 || keys.some((key) => typeof key !== 'string' || key.length < shortestKey))
    throw crmError('PARAMETER_INVALID', { name: 'keys', reason: `keys are texts of at least ${shortestKey} characters, the newest first` })
  const rings = keys.map((key) => ({
    name: createHash('sha256').update(purpose).update(key).digest('hex').slice(0, sizes.name),
    key: Buffer.from(hkdfSync('sha256', key, '', purpose, sizes.key)),
  }))
  return {
    seal(text, place) {
      const [ring] = rings
      if (!ring) throw crmError('SECRET_UNREADABLE')
      const iv = randomBytes(sizes.iv)
      const cipher = createCipheriv('aes-256-gcm', ring.key, iv).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${ring.name}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`
    },
    open(sealed, place) {
      const [name, packed = ''] = sealed.split('.')
      const ring = rings.find((one) => one.name === name)
      if (!ring) throw crmError('SECRET_UNREADABLE')
      const bytes = Buffer.from(packed, 'base64')
      const [iv, tag] = [bytes.subarray(0, sizes.iv), bytes.subarray(sizes.iv, sizes.iv + sizes.tag)]
      try {
        const decipher = createDecipheriv('aes-256-gcm', ring.key, iv).setAAD(Buffer.from(place)).setAuthTag(tag)
        return decipher.update(bytes.subarray(sizes.iv + sizes.tag), undefined, 'utf8') + decipher.final('utf8')
      } catch (cause) {
        throw crmError('SECRET_UNREADABLE', {}, { cause })
      }
    },
  }
}

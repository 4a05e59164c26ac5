/** Bounds of the circuit of a webhook. Times in ms. */
export const circuitLimits = { failures: 5, firstPause: 30_000, longestPause: 600_000, flight: 60_000, patience: 60_000 } as const

/** What every process knows of how a webhook is doing. */
export interface Circuit {
  /** Failures one after the other. */
  readonly failures: number
  readonly failingSince: number | null
  /** Nothing is sent before. */
  readonly openUntil: number | null
  /** How many may be under way at once. Grows again after a failure. */
  readonly level: number
  /** Lanes under way, with the time after which their process counts as dead. */
  readonly flights: Readonly<Record<string, number>>
  /** Lanes that found no room; woken when another one ends. */
  readonly waiting: readonly number[]
}

/** A webhook that has not failed yet. */
export function newCircuit(inFlight: number): Circuit {
  return { failures: 0, failingSince: null, openUntil: null, level: inFlight, flights: {}, waiting: [] }
}

/** What became of a lane that asked to start: it may, or it asks again at `until`. */
export interface TakeOff {
  readonly circuit: Circuit
  readonly until: number | null
}

/** One lane of many starts: one at a time while the receiver fails, more and more once it takes again. */
export function takeOff(circuit: Circuit, lane: number, now: number, inFlight: number): TakeOff {
  if (circuit.openUntil !== null && circuit.openUntil > now) return { circuit, until: circuit.openUntil }
  const flights = Object.fromEntries(Object.entries(circuit.flights).filter(([one, until]) => until > now && one !== String(lane)))
  const waiting = circuit.waiting.filter((one) => one !== lane)
  if (Object.keys(flights).length >= roomOf(circuit, inFlight))
    return { circuit: { ...circuit, flights, waiting: [...waiting, lane] }, until: now + circuitLimits.patience }
  return { circuit: { ...circuit, waiting, flights: { ...flights, [lane]: now + circuitLimits.flight } }, until: null }
}

/** A lane has ended; after successes alone, twice as many may start. `woken`: lanes that have room now. */
export function land(circuit: Circuit, lane: number, delivered: number, inFlight: number): { circuit: Circuit; woken: readonly number[] } {
  const { [String(lane)]: _, ...flights } = circuit.flights
  const grows = delivered > 0 && circuit.failures === 0
  const level = grows ? Math.min(inFlight, circuit.level * 2) : circuit.level
  const room = Math.max(0, roomOf({ ...circuit, level }, inFlight) - Object.keys(flights).length)
  return { circuit: { ...circuit, flights, level, waiting: circuit.waiting.slice(room) }, woken: circuit.waiting.slice(0, room) }
}

function roomOf({ failures, level }: Pick<Circuit, 'failures' | 'level'>, inFlight: number): number {
  return failures > 0 ? 1 : Math.min(inFlight, level)
}

/** The receiver took one. After a failure it begins with one at a time. */
export function succeeded(circuit: Circuit): Circuit {
  if (circuit.failures === 0 && circuit.failingSince === null && circuit.openUntil === null) return circuit
  return { ...circuit, failures: 0, failingSince: null, openUntil: null, level: 1 }
}

/** The receiver is there, and refused one for good. */
export function refused(circuit: Circuit, now: number): Circuit {
  const { failingSince } = circuit
  return { ...circuit, failures: 0, openUntil: null, failingSince: failingSince ?? now }
}

/** The receiver did not take one; `wait`: what it asked for, ms. `random`: 0 ≤ n < 1. */
export function failed(circuit: Circuit, now: number, wait: number | null, random: number): Circuit {
  const failures = circuit.failures + 1
  const over = failures - circuitLimits.failures
  const bound = Math.min(circuitLimits.longestPause, circuitLimits.firstPause * 2 ** Math.min(Math.max(over, 0), 20))
  // Half of the pause is certain, or many would come back together.
  const pause = over >= 0 ? Math.ceil(bound / 2 + (random * bound) / 2) : 0
  const until = Math.max(circuit.openUntil ?? 0, now + Math.max(pause, wait ?? 0))
  return { ...circuit, failures, failingSince: circuit.failingSince ?? now, openUntil: until > now ? until : null }
}

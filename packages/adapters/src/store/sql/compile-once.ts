/** Keeps what was made of a plan beside the plan object, for as long as the plan lives. */
export function compileOnce<Plan extends object, Compiled>(compile: (plan: Plan) => Compiled): (plan: Plan) => Compiled {
  const known = new WeakMap<Plan, Compiled>()
  return (plan) => {
    const found = known.get(plan)
    if (found !== undefined) return found
    const compiled = compile(plan)
    known.set(plan, compiled)
    return compiled
  }
}

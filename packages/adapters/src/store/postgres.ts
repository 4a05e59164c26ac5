export const postgres = () => { throw new Error('not yet') }

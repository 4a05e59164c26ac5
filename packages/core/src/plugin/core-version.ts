/** Version of this copy of `@guanxi/core`; equal to package.json. Plugins name the range they work with. */
export const coreVersion = '0.1.0'

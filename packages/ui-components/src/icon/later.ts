type LaterIcon = 'left' | 'arrow-right' | 'user' | 'undo' | 'merge' | 'file' | 'upload' | 'external' | 'stop' | 'play'

/** Icons of parts that are loaded when they are used. */
export const laterShapes: Readonly<Record<LaterIcon, string>> = {
  left: 'M12 5.75 7.75 10 12 14.25',
  'arrow-right': 'M4.25 10H15.5m0 0L11 5.5m4.5 4.5L11 14.5',
  user: 'M7 6.75a3 3 0 1 0 6 0a3 3 0 1 0 -6 0ZM4.25 16.5c.4-3 2.7-4.75 5.75-4.75s5.35 1.75 5.75 4.75',
  undo: 'M4 8h8a4 4 0 0 1 0 8H7.5M4 8l3.25-3.25M4 8l3.25 3.25',
  merge: 'M5 3.5v3c0 3.5 5 3.5 5 7v3M15 3.5v3c0 3.5-5 3.5-5 7m-2 1.5 2 2 2-2',
  file: 'M5.5 3.25h5.75L15 7v8.75c0 .55-.45 1-1 1H5.5c-.55 0-1-.45-1-1V4.25c0-.55.45-1 1-1ZM11 3.5V7.25h3.75',
  upload: 'M10 12.5V3.75m0 0L6.5 7.25M10 3.75l3.5 3.5M3.75 12.5v2.75c0 .7.55 1.25 1.25 1.25h10c.7 0 1.25-.55 1.25-1.25V12.5',
  external: 'M11 3.75h5.25V9M16 4l-7 7M8.5 4.75H5c-.7 0-1.25.55-1.25 1.25v9c0 .7.55 1.25 1.25 1.25h9c.7 0 1.25-.55 1.25-1.25v-3.5',
  stop: 'M3.25 10a6.75 6.75 0 1 0 13.5 0a6.75 6.75 0 1 0 -13.5 0ZM5.5 5.5l9 9',
  play: 'M6.5 4.25v11.5l9-5.75-9-5.75Z',
}

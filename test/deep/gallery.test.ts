import { walkGallery } from '../browser/gallery-walk.ts'

walkGallery({ width: 390, scheme: 'dark', lang: 'en' })

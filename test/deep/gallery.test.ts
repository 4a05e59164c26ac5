import { walkGallery } from '../browser/gallery-walk.ts'

walkGallery({ width: 1440, scheme: 'light', lang: 'zh-CN' })
walkGallery({ width: 390, scheme: 'dark', lang: 'en' })

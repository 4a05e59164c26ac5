import { walkGallery } from './gallery-walk.ts'

walkGallery({ width: 1440, scheme: 'dark', lang: 'en' }, 8)

import { walkGallery } from './gallery-walk.ts'

walkGallery({ width: 1440, scheme: 'light', lang: 'zh-CN' }, 6)

import { defineConfig } from 'vite'

/** The CRM runs beside the page: `npm start` in the repository's folder. */
export default defineConfig({ server: { proxy: { '/crm': 'http://127.0.0.1:3000' } } })

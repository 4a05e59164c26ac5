import { define } from '@guanxi/ui-components'
import { createApp } from 'vue'
import Deals from './Deals.vue'

define()
createApp(Deals).mount('#app')

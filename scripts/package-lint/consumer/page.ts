import '@guanxi/ui-components'

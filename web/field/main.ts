import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { startAppearance } from '#web/kit/screen/appearance.ts'
import { newQueryClient } from '#web/kit/screen/server-state.ts'
import { startUpdates } from '#web/kit/screen/updates.ts'
import '#web/kit/style/tokens.css'
import '#web/kit/style/base.css'
import './field.css'
import App from './App.vue'
import { router } from './router.ts'

startUpdates(router)
startAppearance()
createApp(App).use(router).use(VueQueryPlugin, { queryClient: newQueryClient() }).mount('#app')

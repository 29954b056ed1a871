import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './ui/base.css'
import './ui/parts.css'
import './ui/figures.css'
import './ui/mantine.css'
import './ui/drawers.css'
import './frame/frame.css'
import './frame/jobs.css'
import './frame/rail.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { App } from './App'
import { listenForEngine } from './engine'
import { listenToShell } from './frame/listenToShell'
import { reopenAfterRestart } from './state/projectStore'
import { loadFonts } from './ui/fonts'
import { cssVariablesResolver, theme } from './ui/theme'

// Compiled schemas need `eval`, which the content security policy refuses.
z.config({ jitless: true })

const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, networkMode: 'always', staleTime: Number.POSITIVE_INFINITY },
  },
})

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root element')

loadFonts()
listenForEngine()
listenToShell()
reopenAfterRestart()

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <App />
        <Notifications position="bottom-right" />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)

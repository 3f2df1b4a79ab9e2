import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { Problem } from './http.ts';
import './kit/tokens.css';
import './kit/ground.css';
import './kit/controls.css';
import './kit/pieces.css';
import './kit/table.css';
import './shell/shell.css';
import './record/record.css';
import './kit/print.css';
import { startPreferences } from './preferences.ts';
import { router } from './routes.tsx';

startPreferences();

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Only a silent network is asked again; a refusal is an answer.
      retry: (count, error) => count < 2 && error instanceof Problem && (error.status === 0 || error.status === 503),
    },
  },
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

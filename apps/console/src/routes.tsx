import { createBrowserRouter, type RouteObject } from 'react-router';
import { Inbox } from './inbox/inbox.tsx';
import { Waiting } from './kit/pieces.tsx';
import { NotFound, RouteFailure } from './shell/failures.tsx';
import { SignedIn } from './shell/signed-in.tsx';

/** Pages beyond the inbox arrive when they are first opened. */
const pages: RouteObject[] = [
  { index: true, Component: Inbox },
  { path: 'list/:entity?', lazy: async () => ({ Component: (await import('./list/list.tsx')).ListPage }) },
  { path: 'record/:id', lazy: async () => ({ Component: (await import('./record/record.tsx')).RecordScreen }) },
  {
    path: 'record/:id/act/:action',
    lazy: async () => ({ Component: (await import('./action/action.tsx')).ActionPage }),
  },
  { path: 'new/:entity/:action', lazy: async () => ({ Component: (await import('./action/action.tsx')).CreatePage }) },
  { path: 'approvals/:id?', lazy: async () => ({ Component: (await import('./approval/desk.tsx')).ApprovalDesk }) },
  { path: 'plan', lazy: async () => ({ Component: (await import('./plan/plan.tsx')).PlanPage }) },
  {
    path: 'workbench/:tool?',
    lazy: async () => ({ Component: (await import('./workbench/workbench.tsx')).WorkbenchPage }),
  },
  { path: 'draw/:id', lazy: async () => ({ Component: (await import('./draw/draw.tsx')).DrawPage }) },
  { path: 'shares', lazy: async () => ({ Component: (await import('./bench/shares.tsx')).SharesPage }) },
  { path: 'worksheet/:id', lazy: async () => ({ Component: (await import('./bench/grid.tsx')).GridPage }) },
  {
    path: 'request-test',
    lazy: async () => ({ Component: (await import('./request/request-test.tsx')).RequestTestPage }),
  },
  { path: 'archive/:id?', lazy: async () => ({ Component: (await import('./archive/archive.tsx')).ArchivePage }) },
  { path: 'case/:id', lazy: async () => ({ Component: (await import('./case/case.tsx')).CasePage }) },
  { path: 'loops', lazy: async () => ({ Component: (await import('./loop/board.tsx')).LoopsPage }) },
  { path: 'loop/:by/:id', lazy: async () => ({ Component: (await import('./loop/loop.tsx')).LoopPage }) },
  {
    path: 'exchange',
    lazy: async () => ({ Component: (await import('./exchange/desk.tsx')).ExchangePage }),
  },
  { path: 'insight', lazy: async () => ({ Component: (await import('./insight/insight.tsx')).InsightPage }) },
  { path: 'oversight', lazy: async () => ({ Component: (await import('./oversight/oversight.tsx')).OversightPage }) },
  {
    path: 'monitoring',
    lazy: async () => ({ Component: (await import('./monitoring/monitoring.tsx')).MonitoringPage }),
  },
  { path: 'persons', lazy: async () => ({ Component: (await import('./monitoring/persons.tsx')).PersonsPage }) },
  { path: 'powers/:entity?', lazy: async () => ({ Component: (await import('./monitoring/powers.tsx')).PowersPage }) },
  { path: 'report/:id', lazy: async () => ({ Component: (await import('./report/report.tsx')).ReportPage }) },
  { path: 'import', lazy: async () => ({ Component: (await import('./imports/import.tsx')).ImportPage }) },
  { path: 'parked', lazy: async () => ({ Component: (await import('./parked/parked.tsx')).ParkedPage }) },
  { path: 'presence', lazy: async () => ({ Component: (await import('./office/presence.tsx')).PresencePage }) },
  { path: 'outbox', lazy: async () => ({ Component: (await import('./office/outbox.tsx')).OutboxPage }) },
  { path: 'desk', lazy: async () => ({ Component: (await import('./desk/phone-desk.tsx')).PhoneDeskPage }) },
  {
    path: 'record/:id/act/openIdentity',
    lazy: async () => ({ Component: (await import('./desk/identity.tsx')).OpenIdentityPage }),
  },
  {
    path: 'complaint-analysis',
    lazy: async () => ({ Component: (await import('./desk/analysis.tsx')).ComplaintAnalysisPage }),
  },
  { path: 'search', lazy: async () => ({ Component: (await import('./shell/search-page.tsx')).SearchPage }) },
  { path: '*', Component: NotFound },
];

export const router = createBrowserRouter(
  [
    {
      path: 'sign-in',
      HydrateFallback: Waiting,
      ErrorBoundary: RouteFailure,
      lazy: async () => ({ Component: (await import('./sign-in/sign-in.tsx')).SignIn }),
    },
    {
      path: '/',
      Component: SignedIn,
      HydrateFallback: Waiting,
      ErrorBoundary: RouteFailure,
      children: [{ ErrorBoundary: RouteFailure, children: pages }],
    },
  ],
  { basename: '/console' },
);

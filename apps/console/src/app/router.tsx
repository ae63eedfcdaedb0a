import type { ComponentType } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router'
import type { Area } from '../parts/area.ts'
import { basePath } from '../parts/page/page-facts.ts'
import { AREAS } from './areas.ts'
import { ErrorPage } from './error-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { Shell } from './shell.tsx'

/** Addresses: those of the areas within the shell, and the ways in. Each page is loaded when it is first opened. */
export function createRouter() {
  return createBrowserRouter(
    [
      {
        path: '/sign-in',
        HydrateFallback: Loading,
        lazy: page(async () => (await import('../features/sign-in/sign-in-page.tsx')).SignInPage),
      },
      {
        path: '/set-up',
        HydrateFallback: Loading,
        lazy: page(async () => (await import('../features/sign-in/set-up-page.tsx')).SetUpPage),
      },
      {
        path: '/',
        Component: Shell,
        HydrateFallback: Loading,
        ErrorBoundary: ErrorPage,
        children: [
          { ErrorBoundary: ErrorPage, children: [...AREAS.flatMap(routesOf), { path: '*', Component: NotFoundPage }] },
        ],
      },
    ],
    { basename: `${basePath()}/console` },
  )
}

function routesOf({ path, pages }: Area): RouteObject[] {
  return pages.map((each) => ({
    path: [path, each.path].filter((part) => part !== '').join('/'),
    lazy: page(() => each.load()),
    handle: { title: each.title },
  }))
}

function page(load: () => Promise<ComponentType>) {
  return async () => ({ Component: await load(), ErrorBoundary: ErrorPage })
}

/** While the first page is being loaded. */
function Loading() {
  return <div role="status" aria-label="Loading" />
}

/** What the server wrote into the page for this answer. */

/** Lets the styles of this page through its Content-Security-Policy; empty where there is none, as in development. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}

/** The path of the server's base URL: empty, or such as `/portreeve`. */
export function basePath(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="portreeve-base-path"]')?.content ?? ''
}

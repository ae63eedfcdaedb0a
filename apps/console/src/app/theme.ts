import { Anchor, type CSSVariablesResolver, createTheme, Modal } from '@mantine/core'

/** As the component library has it, with the buttons of a blue on which white is read well. */
export const THEME = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'sm',
  autoContrast: true,
  respectReducedMotion: true,
  components: {
    // Within a text, colour alone would not tell a link.
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, centered: true } }),
  },
})

const COLORS = ['blue', 'gray', 'green', 'orange', 'red'] as const

/** Texts of the library that are too pale for WCAG 2.2 AA (4.5 : 1), in shades that are not. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-anchor': 'var(--mantine-color-blue-8)',
    ...textsOf((color) =>
      color === 'orange' ? '#a33d00' : `color-mix(in srgb, var(--mantine-color-${color}-9), black 12%)`,
    ),
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-anchor': 'var(--mantine-color-blue-3)',
    ...textsOf((color) => `var(--mantine-color-${color}-3)`),
  },
})

/** Of words in a colour, and of those on a pale ground of it. */
function textsOf(shade: (color: string) => string): Record<string, string> {
  return Object.fromEntries(
    COLORS.flatMap((color) => [
      [`--mantine-color-${color}-text`, shade(color)],
      [`--mantine-color-${color}-light-color`, shade(color)],
    ]),
  )
}

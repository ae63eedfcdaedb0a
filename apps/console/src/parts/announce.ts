import { notifications } from '@mantine/notifications'

/** Says that something is done, on the screen and to screen readers (the region is `aria-live`). */
export function announce(message: string): void {
  notifications.show({ message, color: 'green', withBorder: true, closeButtonProps: { 'aria-label': 'Dismiss' } })
}

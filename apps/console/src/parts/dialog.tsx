import { Button, type ButtonProps, Modal, type ModalProps } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'

export interface DialogProps {
  /** On the button that opens it: `Move to…`. */
  readonly label: string
  readonly title: string
  readonly button?: Pick<ButtonProps, 'size' | 'variant' | 'disabled'> & { readonly 'aria-label'?: string }
  readonly size?: ModalProps['size']
  /** Its contents, which begin anew each time it opens. */
  children(close: () => void): ReactNode
}

/** A button, and a dialog that it opens. */
export function Dialog({ label, title, button, size = 'md', children }: DialogProps) {
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" {...button} onClick={open}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={close} title={title} size={size} closeButtonProps={{ 'aria-label': 'Close' }}>
        {children(close)}
      </Modal>
    </>
  )
}

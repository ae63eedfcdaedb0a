import { Button, type ButtonProps, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Change } from '@portreeve/client'
import { type Fields, Form, type FormProps } from '../../parts/forms/form.tsx'
import { OUTDATED, useSaying } from './changing-teams.ts'

export interface FormInDialogProps<Values extends Fields, Result extends Change>
  extends Omit<FormProps<Values, Result>, 'outdates' | 'done' | 'onCancel'> {
  /** On the button that opens it. */
  readonly label: string
  readonly title: string
  /** Said when it is done, with what batched updates add to it. */
  readonly done: string
  readonly button?: Pick<ButtonProps, 'size' | 'variant'> & { readonly 'aria-label'?: string }
}

/** A button, and a form over one change of a team or rule that it opens. */
export function FormInDialog<Values extends Fields, Result extends Change>(props: FormInDialogProps<Values, Result>) {
  const { label, title, done, button, ...form } = props
  const [isOpen, { open, close }] = useDisclosure()
  const saying = useSaying()
  return (
    <>
      <Button {...button} onClick={open}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={close} title={title}>
        <Form<Values, Result>
          {...form}
          outdates={OUTDATED}
          done={() => saying(done)}
          onDone={async (result, values) => {
            close()
            await props.onDone?.(result, values)
          }}
          onCancel={close}
        />
      </Modal>
    </>
  )
}

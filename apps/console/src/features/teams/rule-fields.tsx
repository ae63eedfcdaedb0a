import type { NewRule, Rule } from '@portreeve/client'
import { SelectField, TextAreaField, TextField } from '../../parts/forms/fields.tsx'

const AUDIENCES = [
  { value: 'members', label: 'The members it names' },
  { value: 'authenticated', label: 'Everybody who is signed in' },
  { value: 'everyone', label: 'Everyone, anonymous visitors too' },
]

export const NO_RULE = { ruleName: '', description: '', audience: 'members' }

export function audienceText(audience: Rule['audience']): string | undefined {
  return AUDIENCES.find(({ value }) => value === audience)?.label
}

/** What a rule is called, and of whom it speaks. */
export function RuleFields() {
  return (
    <>
      <TextField name="ruleName" label="Name" required autoComplete="off" />
      <TextAreaField name="description" label="Description" />
      <SelectField
        name="audience"
        label="Speaks of"
        description="At a path the narrowest audience that is spoken of decides."
        allowDeselect={false}
        data={AUDIENCES}
      />
    </>
  )
}

export function toRuleBody({ ruleName, description, audience }: typeof NO_RULE): NewRule {
  return {
    ruleName,
    ...(description !== '' && { description }),
    audience: audience as Rule['audience'],
  }
}

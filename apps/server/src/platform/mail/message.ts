import type { SendMailOptions } from 'nodemailer'
import type { Mail } from './mail.ts'

/** The mail in the library's terms: to one address, whatever characters are in it, and never answered by a machine. */
export function toMessage({ to, subject, text }: Mail, from: string): SendMailOptions {
  return {
    from: { name: 'Portreeve', address: from },
    // As text it would be read as a list of addresses.
    to: { name: '', address: to },
    subject,
    text,
    // RFC 3834, 5.
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

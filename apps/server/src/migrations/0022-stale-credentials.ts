/** The login credentials of an organisation by the age of their password: those that are due for a change are listed. */
export const sql = `
create index login_credential_of_age on login_credential (organisation_id, secret_set_at) where secret_set_at is not null;
`

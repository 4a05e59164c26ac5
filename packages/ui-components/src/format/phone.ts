/** A number for reading: Chinese ones without country code and in groups, others as they are. */
export function formatPhone(phone: string): string {
  const mobile = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(phone)
  return mobile ? mobile.slice(1).join(' ') : phone.replace(/^\+86(?=0\d)/, '')
}

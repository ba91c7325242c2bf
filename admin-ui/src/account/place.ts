/** Where these pages are, in words that the owner of an account knows. */
export const PLACE = window.location.host;

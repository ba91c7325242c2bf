import type { PublicRoute } from '../app/route';
import { ConfirmEmailChange } from './ConfirmEmailChange';
import { ConfirmVerification } from './ConfirmVerification';
import { Install } from './Install';
import { OAuth2End } from './OAuth2End';
import { ResetPassword } from './ResetPassword';

/** One case for each page that needs no session. A link opened over another one begins anew. */
export default function PublicPage({ route }: { readonly route: PublicRoute }) {
  switch (route.kind) {
    case 'confirmVerification':
      return <ConfirmVerification key={route.token} token={route.token} />;
    case 'resetPassword':
      return <ResetPassword key={route.token} token={route.token} />;
    case 'confirmEmailChange':
      return <ConfirmEmailChange key={route.token} token={route.token} />;
    case 'install':
      return <Install key={route.token} token={route.token} />;
    case 'oauth2End':
      return <OAuth2End ok={route.ok} />;
  }
}

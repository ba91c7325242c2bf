import { MAIL_SETTINGS_HREF } from '../app/route';
import { CodeArea, Section, TextField, Toggle } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { COMMON_PLACEHOLDERS, MAIL_KINDS, recordPlaceholders } from './authOptions';
import type { OptionsSectionProps } from './OptionsPage';
import classes from '../ui/Form.module.css';

export function MailSection({ collection, options, problems, edit }: OptionsSectionProps) {
  const { authAlert } = options;
  const record = recordPlaceholders(collection);
  return (
    <Section
      title="Mails"
      about={
        <>
          Bodies are HTML. What an account wrote is escaped. <a href={MAIL_SETTINGS_HREF}>Mail settings</a> say who sends them.
        </>
      }
    >
      <Toggle
        label="Tell accounts of sign-ins from new places"
        checked={authAlert.enabled}
        error={problems('authAlert.enabled')}
        onChange={(enabled) => edit({ authAlert: { ...authAlert, enabled } })}
      />
      {MAIL_KINDS.map(({ template, label, path, placeholders, read, write }) => {
        const text = read(options);
        return (
          <details key={template} className={classes.block}>
            <summary>
              <Icon name="chevronRight" size={15} />
              {label}
              {problems(path) !== undefined && (
                <span className={classes.tail} data-tone="problem">
                  Needs another look
                </span>
              )}
            </summary>
            <div className={classes.blockBody}>
              <TextField
                label="Subject"
                value={text.subject}
                error={problems(`${path}.subject`)}
                onChange={(subject) => edit(write(options, { ...text, subject }))}
              />
              <CodeArea
                label="Body"
                rows={9}
                value={text.body}
                error={problems(`${path}.body`)}
                onChange={(body) => edit(write(options, { ...text, body }))}
              />
              <div>
                <p className={classes.hint}>Placeholders:</p>
                <ul className={classes.chips}>
                  {[...placeholders, ...COMMON_PLACEHOLDERS, ...record].map((name) => (
                    <li key={name}>
                      <code>{name}</code>
                    </li>
                  ))}
                </ul>
              </div>
            </div>
          </details>
        );
      })}
    </Section>
  );
}

import { ActionIcon, Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { copyText } from './clipboard';
import { Icon } from './Icon';

interface CopyButtonProps {
  readonly label: string;
  readonly text: () => string;
  /** An icon alone; the label is for screen readers. */
  readonly compact?: boolean;
}

const SHOWN_MS = 1500;

export function CopyButton({ label, text, compact = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () => void copyText(text()).then(setCopied);
  const icon = <Icon name={copied ? 'check' : 'copy'} size={15} />;
  return compact ? (
    <ActionIcon variant="subtle" color="gray" size={24} aria-label={copied ? 'Copied' : label} title={label} onClick={copy}>
      {icon}
    </ActionIcon>
  ) : (
    <Button variant="default" size="xs" leftSection={icon} onClick={copy}>
      {copied ? 'Copied' : label}
    </Button>
  );
}

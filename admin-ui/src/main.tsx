import './app/styles';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { applyColorScheme } from './app/colorScheme';

applyColorScheme();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App />);

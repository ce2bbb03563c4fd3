import { DATA_ELEMENT, type ReportData } from '../contract/comparison-data';
import { registerCharts } from './charts';
import { comparisonPage } from './comparison-page';
import { runPage } from './run-page';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/topics.css';
import './styles/documents.css';
import './styles/comparison.css';
import './styles/print.css';

const data = JSON.parse(document.getElementById(DATA_ELEMENT)!.textContent ?? '') as ReportData;
registerCharts();
document.getElementById('page')!.append(...(data.kind === 'run' ? runPage(data) : comparisonPage(data)));

import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
  type VariantColorsResolver,
} from '@mantine/core';

/** Mantine paints fields, tabs and menus with these where it has no variable of its own; the tokens' values. */
const darkShades: MantineColorsTuple = [
  '#dfe6ee',
  '#c3ccd6',
  '#a9b5c1',
  '#95a1af',
  '#5b6876',
  '#262e37',
  '#0f1216',
  '#151a20',
  '#0f1216',
  '#0b0e11',
];
const grayShades: MantineColorsTuple = [
  '#f6f8fa',
  '#f3f5f7',
  '#e9edf1',
  '#dbe1e8',
  '#8793a0',
  '#6b7886',
  '#5c6875',
  '#4b5866',
  '#333e4a',
  '#1a222b',
];

/** A filled button is the accent with the text made for it; Mantine would write white on it in both schemes. */
const resolveVariantColors: VariantColorsResolver = (input) =>
  input.variant === 'filled'
    ? {
        background: 'var(--accent)',
        hover: 'color-mix(in srgb, var(--accent) 88%, var(--text))',
        color: 'var(--accent-text)',
        border: '1px solid transparent',
      }
    : defaultVariantColorsResolver(input);

/** Mantine's components in our measures; colours come from tokens.css through `panelVariables`. */
export const panelTheme: MantineThemeOverride = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'var(--radius)',
  respectReducedMotion: true,
  variantColorResolver: resolveVariantColors,
  colors: { dark: darkShades, gray: grayShades },
  fontSizes: { xs: '12.5px', sm: '13px', md: '13px', lg: '15px', xl: '17px' },
  headings: { fontFamily: 'var(--sans)', fontWeight: '650' },
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { size: 'md', variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    // What a field means stands under it, so that fields beside each other are level.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    SegmentedControl: { defaultProps: { size: 'xs', withItemsBorders: false } },
    Radio: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, multiline: true, maw: 420 } },
    Popover: { defaultProps: { withinPortal: true, shadow: 'none' } },
    // The placeholder is a focusable child of the menu that has no role in it.
    Menu: { defaultProps: { withinPortal: true, shadow: 'none', withInitialFocusPlaceholder: false } },
    // react-remove-scroll would inject a style element, which the content security policy refuses.
    Modal: {
      defaultProps: {
        centered: true,
        // A click beside a dialog must not throw away what was typed into it: Escape and its buttons close it.
        closeOnClickOutside: false,
        lockScroll: false,
        // Mantine's header element is a second banner of the page to a screen reader.
        attributes: { header: { role: 'presentation' } },
        removeScrollProps: { enabled: false },
        overlayProps: { backgroundOpacity: 0.5 },
        shadow: 'none',
        transitionProps: { duration: 0 },
      },
    },
  },
});

const schemeVariables: Record<`--${string}`, string> = {
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-body': 'var(--pane)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-success': 'var(--good)',
  '--mantine-color-placeholder': 'var(--faint)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-dimmed': 'var(--dim)',
  '--mantine-color-default': 'var(--pane-raised)',
  '--mantine-color-default-hover': 'var(--line)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--control)',
  '--mantine-color-disabled': 'var(--pane-raised)',
  '--mantine-color-disabled-color': 'var(--faint)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'color-mix(in srgb, var(--accent) 88%, var(--text))',
  '--mantine-primary-color-contrast': 'var(--accent-text)',
  '--mantine-primary-color-light': 'var(--flash)',
  '--mantine-primary-color-light-hover': 'var(--flash)',
  '--mantine-primary-color-light-color': 'var(--text)',
  '--mantine-color-blue-filled': 'var(--accent)',
  '--mantine-color-gray-light-hover': 'var(--line)',
  '--mantine-color-gray-light-color': 'var(--dim)',
};

/** Points Mantine's colour variables at our tokens, the same for both schemes: the tokens themselves change. */
export const panelVariables: CSSVariablesResolver = () => ({
  variables: {},
  dark: schemeVariables,
  light: schemeVariables,
});

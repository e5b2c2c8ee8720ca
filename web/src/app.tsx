import type { ComponentType } from 'preact';
import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { me } from './api/client';
import { Shell } from './shell/shell';
import { Waiting } from './shell/page';

const SignIn = lazy(() => import('./pages/sign-in/sign-in'));
const SignInReturn = lazy(() => import('./pages/sign-in-return/sign-in-return'));
const SignUp = lazy(() => import('./pages/sign-up/sign-up'));
const ForgottenPassword = lazy(() => import('./pages/forgotten-password/forgotten-password'));
const Timeline = lazy(() => import('./pages/timeline/timeline'));
const Compose = lazy(() => import('./pages/compose/compose'));
const Highlight = lazy(() => import('./pages/highlight/highlight'));
const Invitations = lazy(() => import('./pages/invitations/invitations'));
const WaitingList = lazy(() => import('./pages/waiting-list/waiting-list'));
const Opportunities = lazy(() => import('./pages/opportunities/opportunities'));
const Opportunity = lazy(() => import('./pages/opportunity/opportunity'));
const PostOpportunity = lazy(() => import('./pages/post-opportunity/post-opportunity'));
const SpaceStation = lazy(() => import('./pages/space-station/space-station'));
const Contact = lazy(() => import('./pages/contact/contact'));
const Contacts = lazy(() => import('./pages/contacts/contacts'));
const Conversation = lazy(() => import('./pages/conversation/conversation'));
const Profile = lazy(() => import('./pages/profile/profile'));
const Sources = lazy(() => import('./pages/sources/sources'));
const LinkedinReturn = lazy(() => import('./pages/linkedin-return/linkedin-return'));
const SourcePage = lazy(() => import('./pages/source/source'));
const ImportPage = lazy(() => import('./pages/import/import'));
const Privacy = lazy(() => import('./pages/privacy/privacy'));
const Tokens = lazy(() => import('./pages/tokens/tokens'));
const Admissions = lazy(() => import('./pages/admissions/admissions'));
const OwnDomain = lazy(() => import('./pages/domain/domain'));
const Settings = lazy(() => import('./pages/settings/settings'));
const Welcome = lazy(() => import('./pages/welcome/welcome'));
const NotFound = lazy(() => import('./pages/not-found/not-found'));

export function App() {
  return (
    <LocationProvider scope="/app">
      <Shell>
        <ErrorBoundary>
          {me.value === undefined ? <Waiting what="Finding out who is here" /> : (
            <Router onRouteChange={arrived}>
              <Route path="/app" component={inside(Timeline)} />
              <Route path="/app/sign-in" component={SignIn} />
              <Route path="/app/sign-in/:provider" component={SignInReturn} />
              <Route path="/app/sign-up" component={SignUp} />
              <Route path="/app/forgotten-password" component={ForgottenPassword} />
              <Route path="/app/waiting-list" component={WaitingList} />
              <Route path="/app/invitations" component={inside(Invitations)} />
              <Route path="/app/welcome" component={inside(Welcome)} />
              <Route path="/app/highlights/new" component={inside(Compose)} />
              <Route path="/app/highlights/:id/edit" component={inside(Compose)} />
              <Route path="/app/highlights/:id" component={Highlight} />
              <Route path="/app/opportunities" component={Opportunities} />
              <Route path="/app/opportunities/new" component={inside(PostOpportunity)} />
              <Route path="/app/opportunities/:id" component={Opportunity} />
              <Route path="/app/opportunities/:id/edit" component={inside(PostOpportunity)} />
              <Route path="/app/space-station" component={SpaceStation} />
              <Route path="/app/contact" component={inside(Contact)} />
              <Route path="/app/contacts" component={inside(Contacts)} />
              <Route path="/app/contacts/:id" component={inside(Conversation)} />
              <Route path="/app/profile" component={inside(Profile)} />
              <Route path="/app/sources" component={inside(Sources)} />
              <Route path="/app/sources/linkedin" component={inside(LinkedinReturn)} />
              <Route path="/app/sources/:id" component={inside(SourcePage)} />
              <Route path="/app/imports/:id" component={inside(ImportPage)} />
              <Route path="/app/privacy" component={inside(Privacy)} />
              <Route path="/app/tokens" component={inside(Tokens)} />
              <Route path="/app/admissions" component={inside(Admissions)} />
              <Route path="/app/settings/domain" component={inside(OwnDomain)} />
              <Route path="/app/settings" component={inside(Settings)} />
              <Route path="/app/:at" component={Timeline} />
              <Route default component={NotFound} />
            </Router>
          )}
        </ErrorBoundary>
      </Shell>
    </LocationProvider>
  );
}

const wrapped = new Map<unknown, ComponentType>();

/** For members: others sign in first, and then come to where they wanted to go. */
function inside<P extends object>(page: ComponentType<P>): ComponentType<P> {
  const Inside = (wrapped.get(page) ?? ((props: P) => {
    const { url, route } = useLocation();
    const Shown = page as ComponentType<object>;
    useEffect(() => {
      if (!me.value) route(`/app/sign-in?then=${encodeURIComponent(url)}`, true);
    }, [me.value]);
    return me.value ? <Shown {...props} /> : null;
  })) as ComponentType;
  wrapped.set(page, Inside);
  return Inside as unknown as ComponentType<P>;
}

/** A new page begins at its top, and is what a screen reader reads next. The timeline knows better where to begin. */
function arrived(): void {
  document.getElementById('main')?.focus({ preventScroll: true });
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

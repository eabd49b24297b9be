/** The frame of the window: bar, permanent labels, and the screen that the address names. */
import { useEffect } from 'react';
import { useWindow } from './app-context.tsx';
import { ElsewhereBanner } from './parts/alarms-elsewhere.tsx';
import {
  AudioOffBanner,
  NotMonitoringBanner,
  RecoveredBanner,
  RoomAlarmBanner,
  SecondaryLabel,
  SimulatedBanner,
  StorageBanner,
  StrandedBanner,
  useAlarmTitle,
} from './parts/banners.tsx';
import { ForThose } from './parts/for-those.tsx';
import { Header } from './parts/header.tsx';
import { EmergencyBanner, UnexplainedBanner } from './parts/identity-banners.tsx';
import { laterScreen } from './parts/later-screen.tsx';
import { useIdleLock } from './parts/use-idle-lock.ts';
import { useRoute } from './parts/use-route.ts';
import { WhoProvider } from './parts/who.tsx';
import type { Route } from './view-model/route.ts';
import { ChairScreen } from './views/chair/chair-screen.tsx';
import { RoomScreen } from './views/room/room-screen.tsx';

// What is watched all day is in the first file; the rest is fetched when somebody goes there.
const MonitorsScreen = laterScreen(() =>
  import('./views/monitors/monitors-screen.tsx').then((module) => module.MonitorsScreen),
);
const SessionsScreen = laterScreen(() =>
  import('./views/sessions/sessions-screen.tsx').then((module) => module.SessionsScreen),
);
const SheetScreen = laterScreen(() =>
  import('./views/sheet/sheet-screen.tsx').then((module) => module.SheetScreen),
);
const PatientsScreen = laterScreen(() =>
  import('./views/patients/patients-screen.tsx').then((module) => module.PatientsScreen),
);
const CourseReviewScreen = laterScreen(() =>
  import('./views/course-review/course-review-screen.tsx').then((module) => module.CourseReviewScreen),
);
const ClinicScreen = laterScreen(() =>
  import('./views/clinic/clinic-screen.tsx').then((module) => module.ClinicScreen),
);
const PeopleScreen = laterScreen(() =>
  import('./views/people/people-screen.tsx').then((module) => module.PeopleScreen),
);
const AboutScreen = laterScreen(() =>
  import('./views/about/about-screen.tsx').then((module) => module.AboutScreen),
);

/** The review is the largest of them, and is asked for often: its program is fetched once the window has nothing to do. */
const useReviewAhead = () =>
  useEffect(() => {
    const asked = requestIdleCallback(() => SessionsScreen.fetchAhead());
    return () => cancelIdleCallback(asked);
  }, []);

export const Shell = () => {
  const route = useRoute();
  const link = useWindow((state) => state.link);
  useAlarmTitle();
  useIdleLock(route);
  useReviewAhead();
  return (
    <WhoProvider>
      <div className="app" data-link={link} data-screen={route.screen}>
        <NotMonitoringBanner />
        <Header route={route} />
        <SimulatedBanner />
        <StorageBanner />
        <RoomAlarmBanner />
        <ElsewhereBanner route={route} />
        <StrandedBanner />
        <AudioOffBanner />
        <RecoveredBanner />
        <EmergencyBanner />
        <UnexplainedBanner />
        <main>
          <Screen route={route} />
        </main>
        <SecondaryLabel />
      </div>
    </WhoProvider>
  );
};

const Screen = ({ route }: { readonly route: Route }) => {
  switch (route.screen) {
    case 'room':
      return <RoomScreen />;
    case 'chair':
      return <ChairScreen key={route.chairId} chairId={route.chairId} />;
    case 'monitors':
      return <MonitorsScreen />;
    case 'sessions':
      return (
        <ForThose who="review">
          <SessionsScreen sessionId={route.sessionId} />
        </ForThose>
      );
    case 'sheet':
      return (
        <ForThose who="read-patients">
          <SheetScreen sessionId={route.sessionId} />
        </ForThose>
      );
    case 'patients':
      return (
        <ForThose who="read-patients">
          <PatientsScreen register={route.register} patientId={route.patientId} />
        </ForThose>
      );
    case 'course':
      return (
        <ForThose who="review">
          <CourseReviewScreen key={route.courseId} register={route.register} courseId={route.courseId} />
        </ForThose>
      );
    case 'clinic':
      return (
        <ForThose who="review">
          <ClinicScreen />
        </ForThose>
      );
    case 'people':
      return (
        <ForThose who="people">
          <PeopleScreen />
        </ForThose>
      );
    case 'about':
      return <AboutScreen />;
    default:
      return route satisfies never;
  }
};

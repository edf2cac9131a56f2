<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en_US">
<context>
    <name>Actions</name>
    <message>
        <source>New Board</source>
        <translation>Новая раскадровка</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Открыть…</translation>
    </message>
    <message>
        <source>Open the Example Story</source>
        <translation>Открыть пример</translation>
    </message>
    <message>
        <source>Import Story or Shot List…</source>
        <translation>Импорт истории или списка кадров…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Close Window</source>
        <translation>Закрыть окно</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Завершить</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить действие</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Повторить действие</translation>
    </message>
    <message>
        <source>Add Panel</source>
        <translation>Добавить кадр</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Дублировать</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Разделить</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Объединить</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Move Earlier</source>
        <translation>Переместить раньше</translation>
    </message>
    <message>
        <source>Move Later</source>
        <translation>Переместить позже</translation>
    </message>
    <message>
        <source>Select All Panels</source>
        <translation>Выбрать все кадры</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Раскадровать</translation>
    </message>
    <message>
        <source>Draw Missing</source>
        <translation>Рисовать недостающие</translation>
    </message>
    <message>
        <source>Draw Selected</source>
        <translation>Рисовать выбранные</translation>
    </message>
    <message>
        <source>Draw All</source>
        <translation>Рисовать все</translation>
    </message>
    <message>
        <source>Draw Pictures of Another Shape Again</source>
        <translation>Перерисовать картинки другого формата</translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation>Другой вариант</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Larger Panels</source>
        <translation>Крупнее</translation>
    </message>
    <message>
        <source>Smaller Panels</source>
        <translation>Мельче</translation>
    </message>
    <message>
        <source>Usual Size</source>
        <translation>Обычный размер</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>Показ слайдов</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Во весь экран</translation>
    </message>
    <message>
        <source>About Storyboard</source>
        <translation>О программе Storyboard</translation>
    </message>
    <message>
        <source>Open Recent</source>
        <translation>Недавние</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Файл</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Правка</translation>
    </message>
    <message>
        <source>&amp;Board</source>
        <translation>&amp;Раскадровка</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Вид</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Справка</translation>
    </message>
</context>
<context>
    <name>BenchmarkView</name>
    <message>
        <source>Memory of the render process</source>
        <translation>Память процесса рисования</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Секунды</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Прогноз</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Запуск</translation>
    </message>
    <message>
        <source>Seconds for each panel</source>
        <translation>Секунды по кадрам</translation>
    </message>
    <message>
        <source>Save PNG…</source>
        <translation>Сохранить PNG…</translation>
    </message>
    <message>
        <source>Save JSON…</source>
        <translation>Сохранить JSON…</translation>
    </message>
    <message>
        <source>{0} cannot be written: choose another folder</source>
        <translation>Не удаётся записать {0}: выберите другую папку</translation>
    </message>
    <message>
        <source>Save the benchmark</source>
        <translation>Сохранить измерения</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Изображения (*.png)</translation>
    </message>
    <message>
        <source>Numbers (*.json)</source>
        <translation>Числа (*.json)</translation>
    </message>
    <message>
        <source>text</source>
        <translation>текст</translation>
    </message>
    <message>
        <source>image prompt</source>
        <translation>образец</translation>
    </message>
    <message>
        <source>denoise</source>
        <translation>шаги</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>декодер</translation>
    </message>
    <message>
        <source>save</source>
        <translation>запись</translation>
    </message>
    <message>
        <source>cold</source>
        <translation>холодный</translation>
    </message>
    <message>
        <source>warm</source>
        <translation>тёплый</translation>
    </message>
    <message>
        <source>panel {0}</source>
        <translation>кадр {0}</translation>
    </message>
    <message>
        <source>{0}, sheet</source>
        <translation>{0}, эскиз</translation>
    </message>
    <message>
        <source>Memory: no render process</source>
        <translation>Память: процесс не запущен</translation>
    </message>
    <message>
        <source>Memory: {0} GiB now</source>
        <translation>Память: сейчас {0} ГиБ</translation>
    </message>
    <message>
        <source>, {0} GiB peak</source>
        <translation>, максимум {0} ГиБ</translation>
    </message>
</context>
<context>
    <name>BoardEditor</name>
    <message>
        <source>Add panel</source>
        <translation>Добавить кадр</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Дублировать</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Разделить</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Объединить</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>Переставить</translation>
    </message>
</context>
<context>
    <name>BoardModel</name>
    <message>
        <source>drawn</source>
        <translation>нарисован</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>ещё не нарисован</translation>
    </message>
    <message>
        <source>Panel {0}, {1}, {2}: {3}</source>
        <translation>Кадр {0}, {1}, {2}: {3}</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>Переставить</translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <source>Board</source>
        <translation>Раскадровка</translation>
    </message>
    <message>
        <source>The panels in reading order</source>
        <translation>Кадры по порядку</translation>
    </message>
</context>
<context>
    <name>CastView</name>
    <message>
        <source>Character</source>
        <translation>Герой</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новый</translation>
    </message>
    <message>
        <source>New character</source>
        <translation>Новый герой</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Remove this character</source>
        <translation>Убрать этого героя</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Name of the character</source>
        <translation>Имя героя</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Добавить…</translation>
    </message>
    <message>
        <source>Add reference pictures</source>
        <translation>Добавить образцы</translation>
    </message>
    <message>
        <source>Remove the selected reference picture</source>
        <translation>Убрать выбранный образец</translation>
    </message>
    <message>
        <source>Make character sheet</source>
        <translation>Нарисовать лист героя</translation>
    </message>
    <message>
        <source>Draw the character once from the traits, and hold on to that picture</source>
        <translation>Нарисовать героя один раз по его чертам и держаться этого рисунка</translation>
    </message>
    <message>
        <source>Hold looks by reference pictures</source>
        <translation>Держать внешность по образцам</translation>
    </message>
    <message>
        <source>Identity lock; without it the adapter costs nothing</source>
        <translation>Удержание внешности; без него адаптер не тратит времени</translation>
    </message>
    <message>
        <source>Strength of the reference pictures, percent</source>
        <translation>Сила образцов, проценты</translation>
    </message>
    <message>
        <source>No characters yet. Plan a story, or press New.</source>
        <translation>Героев пока нет. Раскадруйте историю или нажмите «Новый».</translation>
    </message>
    <message>
        <source>Add reference</source>
        <translation>Добавить образец</translation>
    </message>
    <message>
        <source>Remove reference</source>
        <translation>Убрать образец</translation>
    </message>
    <message>
        <source>Reference pictures</source>
        <translation>Образцы</translation>
    </message>
    <message>
        <source>Pictures ({0})</source>
        <translation>Изображения ({0})</translation>
    </message>
    <message>
        <source>Character {0}</source>
        <translation>Герой {0}</translation>
    </message>
    <message>
        <source>Remove character</source>
        <translation>Убрать героя</translation>
    </message>
    <message>
        <source>Rename character</source>
        <translation>Переименовать героя</translation>
    </message>
    <message>
        <source>Traits</source>
        <translation>Черты</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Сила</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>this window</source>
        <translation>это окно</translation>
    </message>
    <message>
        <source>{0}; until then, config.py holds</source>
        <translation>{0}; до тех пор действует config.py</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open a board&apos;s folder</source>
        <translation>Открыть папку раскадровки</translation>
    </message>
    <message>
        <source>Stories, scripts and shot lists (*.txt *.md *.fountain *.fdx *.yaml *.yml)</source>
        <translation>Истории, сценарии и списки кадров (*.txt *.md *.fountain *.fdx *.yaml *.yml)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Импорт</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>Записано: {0}</translation>
    </message>
    <message>
        <source>Storyboard {0}

Turns a story into a storyboard on your own machine.</source>
        <translation>Storyboard {0}

Превращает историю в раскадровку на вашем компьютере.</translation>
    </message>
    <message>
        <source>About Storyboard</source>
        <translation>О программе Storyboard</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Story</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Cast</source>
        <translation>Герои</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>Кадр</translation>
    </message>
    <message>
        <source>Live benchmark</source>
        <translation>Скорость сейчас</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Not saved: {0}. The board is kept in the window.</source>
        <translation>Не сохранено: {0}. Раскадровка остаётся в окне.</translation>
    </message>
    <message>
        <source>A panel that is being drawn cannot leave the board: cancel the render first.</source>
        <translation>Кадр, который рисуется, нельзя убрать: сначала отмените рисование.</translation>
    </message>
    <message>
        <source>Show the best take</source>
        <translation>Показать лучший дубль</translation>
    </message>
</context>
<context>
    <name>EmptyBoard</name>
    <message>
        <source>A board begins with a story</source>
        <translation>Раскадровка начинается с истории</translation>
    </message>
    <message>
        <source>Write or paste it on the left, or drop a text file, and press Plan: the shots appear here at once. Then draw them.</source>
        <translation>Напишите или вставьте её слева либо перетащите текстовый файл и нажмите «Раскадровать»: кадры сразу появятся здесь. Потом нарисуйте их.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Экспорт</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Бумага</translation>
    </message>
    <message>
        <source>Where to write</source>
        <translation>Куда записать</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>PNG pictures in a folder</source>
        <translation>Картинки PNG в папке</translation>
    </message>
    <message>
        <source>Laying out the pages…</source>
        <translation>Верстаем страницы…</translation>
    </message>
    <message>
        <source>{0} of {1} panels have a picture.</source>
        <translation>Кадров с рисунком: {0} из {1}.</translation>
    </message>
    <message>
        <source>Page {0} of {1}</source>
        <translation>Страница {0} из {1}</translation>
    </message>
    <message>
        <source>Choose where to write.</source>
        <translation>Выберите, куда записать.</translation>
    </message>
    <message>
        <source>Nobody is called {0} here.</source>
        <translation>Пользователя {0} здесь нет.</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Записываем…</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>Куда</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Предпросмотр</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Speed</source>
        <translation>Скорость</translation>
    </message>
    <message>
        <source>This is an example story, laid out in shots.</source>
        <translation>Это пример истории, разложенный на кадры.</translation>
    </message>
    <message>
        <source>Draw it</source>
        <translation>Нарисовать</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Без названия</translation>
    </message>
    <message>
        <source>Rebuild the board</source>
        <translation>Восстановить раскадровку</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Раскадровать</translation>
    </message>
    <message>
        <source>Storyboard</source>
        <translation>Storyboard</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить действие</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Повторить действие</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Закрыть сообщение</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
</context>
<context>
    <name>ModeBox</name>
    <message>
        <source>Speed mode</source>
        <translation>Режим скорости</translation>
    </message>
    <message>
        <source>{0} steps</source>
        <translation>шагов: {0}</translation>
    </message>
    <message>
        <source>Seconds a panel are measured on this machine, with this model.</source>
        <translation>Секунды на кадр измерены на этом компьютере, с этой моделью.</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>ещё не измерено</translation>
    </message>
    <message>
        <source>{0} s a panel</source>
        <translation>{0} с на кадр</translation>
    </message>
    <message>
        <source>about {0} s a panel</source>
        <translation>около {0} с на кадр</translation>
    </message>
</context>
<context>
    <name>PanelDelegate</name>
    <message>
        <source>{0} takes</source>
        <translation>дублей: {0}</translation>
    </message>
    <message>
        <source>step {0} of {1}</source>
        <translation>шаг {0} из {1}</translation>
    </message>
    <message>
        <source>next</source>
        <translation>следующий</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>начинается</translation>
    </message>
    <message>
        <source>waiting, {0}</source>
        <translation>ждёт, {0}</translation>
    </message>
    <message>
        <source>the last render failed</source>
        <translation>в последний раз не получилось</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>ещё не нарисован</translation>
    </message>
    <message>
        <source>the picture is missing</source>
        <translation>рисунок не найден</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>unlike {0}</source>
        <translation>непохоже: {0}</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>automatic</source>
        <translation>автоматически</translation>
    </message>
    <message>
        <source>on</source>
        <translation>включено</translation>
    </message>
    <message>
        <source>off</source>
        <translation>выключено</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Saved for all boards, and used for the open one at once. A board&apos;s own settings, the environment and a picked mode win over what is saved here.</source>
        <translation>Сохраняется для всех раскадровок и сразу действует для открытой. Собственные настройки раскадровки, переменные окружения и выбранный режим важнее сохранённого здесь.</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Настройка</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Значение</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>Откуда взято</translation>
    </message>
</context>
<context>
    <name>PromptView</name>
    <message>
        <source>Enhanced prompt</source>
        <translation>Расширенный запрос</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>Негативный запрос</translation>
    </message>
    <message>
        <source>Left out of the prompt</source>
        <translation>Не вошло в запрос</translation>
    </message>
    <message>
        <source>Left out, because the window is full: {0}</source>
        <translation>Не вошло, потому что окно заполнено: {0}</translation>
    </message>
    <message>
        <source>left out:{0}</source>
        <translation>не вошло:{0}</translation>
    </message>
</context>
<context>
    <name>ReferencesView</name>
    <message>
        <source>Reference pictures</source>
        <translation>Образцы</translation>
    </message>
    <message>
        <source>Drop pictures here, or paste one</source>
        <translation>Перетащите сюда картинки или вставьте из буфера</translation>
    </message>
    <message>
        <source>Reference picture {0}</source>
        <translation>Образец {0}</translation>
    </message>
</context>
<context>
    <name>RenderControl</name>
    <message>
        <source>Every panel has its picture.</source>
        <translation>У каждого кадра есть рисунок.</translation>
    </message>
    <message>
        <source>Draw all again</source>
        <translation>Нарисовать всё заново</translation>
    </message>
    <message>
        <source>Every picture has the shape of the board&apos;s frame.</source>
        <translation>Все картинки уже в формате кадра.</translation>
    </message>
    <message>
        <source>Pictures of another shape: {0}. They stay as they are until then.</source>
        <translation>Картинок другого формата: {0}. До перерисовки они остаются как есть.</translation>
    </message>
    <message>
        <source>Draw again</source>
        <translation>Перерисовать</translation>
    </message>
    <message>
        <source>Plan a story first: a sheet needs a board.</source>
        <translation>Сначала раскадруйте историю: листу героя нужна раскадровка.</translation>
    </message>
    <message>
        <source>Panels without a picture: {0}. Everything drawn before is here.</source>
        <translation>Кадров без рисунка: {0}. Всё нарисованное раньше на месте.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>Новое зерно</translation>
    </message>
    <message>
        <source>Not drawn: {0}. {1}</source>
        <translation>Не нарисовано: {0}. {1}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Stopped before the first panel was done.</source>
        <translation>Остановлено до первого готового кадра.</translation>
    </message>
    <message>
        <source>{0} Draw in a smaller frame, {1} by {2} pixels?</source>
        <translation>{0} Рисовать в меньшем кадре, {1} на {2} пикселей?</translation>
    </message>
    <message>
        <source>Draw smaller</source>
        <translation>Рисовать меньше</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>The model {0} is not on this machine, and only this board asks for it. Download it? It can be several gigabytes.</source>
        <translation>Модели {0} нет на этом компьютере, и просит о ней только эта раскадровка. Загрузить её? Это может быть несколько гигабайт.</translation>
    </message>
    <message>
        <source>Download and draw</source>
        <translation>Загрузить и рисовать</translation>
    </message>
</context>
<context>
    <name>RenderSession</name>
    <message>
        <source>no character sheet is needed: the identity lock is off, its scale is 0, or the model has no adapter</source>
        <translation>эскиз героя не нужен: удержание внешности выключено, его сила равна 0 или у модели нет адаптера</translation>
    </message>
    <message>
        <source>The render broke off. What is finished is safe: draw the rest.</source>
        <translation>Рисование прервалось. Готовое сохранено: дорисуйте остальное.</translation>
    </message>
</context>
<context>
    <name>ShotInspector</name>
    <message>
        <source>Select a panel on the board to see its shot.</source>
        <translation>Выберите кадр на раскадровке, чтобы увидеть его описание.</translation>
    </message>
    <message>
        <source>names, with commas</source>
        <translation>имена через запятую</translation>
    </message>
    <message>
        <source> s</source>
        <translation> с</translation>
    </message>
    <message>
        <source>Name: words, one line each</source>
        <translation>Имя: слова, по строке на реплику</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Закрепить</translation>
    </message>
    <message>
        <source>Lock the seed of this panel</source>
        <translation>Закрепить зерно этого кадра</translation>
    </message>
    <message>
        <source>Locked: drawing the panel again uses this seed, and so gives the same picture. Not locked: every further take gets another seed.</source>
        <translation>Закреплено: при повторном рисовании берётся то же зерно и получается та же картинка. Не закреплено: каждый новый дубль получает другое зерно.</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Действие</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>По-английски</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>Реплики</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>План</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Ракурс</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>Герои</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Место</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Время суток</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Сцена</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Длительность</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Зерно</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Дубли</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Запрос</translation>
    </message>
    <message>
        <source>Edit panel {0}</source>
        <translation>Правка кадра {0}</translation>
    </message>
    <message>
        <source>Pin take</source>
        <translation>Закрепить дубль</translation>
    </message>
    <message>
        <source>Show newest take</source>
        <translation>Показать новый дубль</translation>
    </message>
</context>
<context>
    <name>Slideshow</name>
    <message>
        <source>Slideshow</source>
        <translation>Показ слайдов</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>ещё не нарисован</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
</context>
<context>
    <name>SpeedBar</name>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Render status</source>
        <translation>Состояние рисования</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>Начальная модель</translation>
    </message>
    <message>
        <source>SDXL 1.0 (download)</source>
        <translation>SDXL 1.0 (загрузка)</translation>
    </message>
    <message>
        <source>Model folder…</source>
        <translation>Папка модели…</translation>
    </message>
    <message>
        <source>Checkpoint file…</source>
        <translation>Файл модели…</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>Папка модели</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Файл модели</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors)</source>
        <translation>Файлы моделей (*.safetensors)</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>загружается модель</translation>
    </message>
    <message>
        <source>pausing after this panel</source>
        <translation>пауза после этого кадра</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>останавливается</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
    <message>
        <source>, about {0} left</source>
        <translation>, осталось около {0}</translation>
    </message>
</context>
<context>
    <name>SpeedPlot</name>
    <message>
        <source>Iterations per second</source>
        <translation>Шагов в секунду</translation>
    </message>
    <message>
        <source>Nothing has been drawn yet.</source>
        <translation>Ещё ничего не нарисовано.</translation>
    </message>
</context>
<context>
    <name>StageBar</name>
    <message>
        <source>Time by stage</source>
        <translation>Время по этапам</translation>
    </message>
    <message>
        <source>The last panel’s time</source>
        <translation>Время последнего кадра</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
</context>
<context>
    <name>StoryView</name>
    <message>
        <source>Title</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Write or paste a story here, or drop a text file. Then press Plan.</source>
        <translation>Напишите или вставьте сюда историю либо перетащите текстовый файл. Потом нажмите «Раскадровать».</translation>
    </message>
    <message>
        <source>Language and length</source>
        <translation>Язык и длина</translation>
    </message>
    <message>
        <source>Number of panels</source>
        <translation>Число кадров</translation>
    </message>
    <message>
        <source>Frame, width to height</source>
        <translation>Кадр, ширина к высоте</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Раскадровать</translation>
    </message>
    <message>
        <source>Turn the story into shots at once, without drawing</source>
        <translation>Сразу превратить историю в кадры, не рисуя</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>English</source>
        <translation>английский</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>русский</translation>
    </message>
    <message>
        <source>Kazakh</source>
        <translation>казахский</translation>
    </message>
    <message>
        <source>words: {0}</source>
        <translation>слов: {0}</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Кадров</translation>
    </message>
</context>
<context>
    <name>TakesView</name>
    <message>
        <source>Takes</source>
        <translation>Дубли</translation>
    </message>
    <message>
        <source>Pin this take</source>
        <translation>Закрепить дубль</translation>
    </message>
    <message>
        <source>Show the newest</source>
        <translation>Показать новый</translation>
    </message>
    <message>
        <source>No take yet.</source>
        <translation>Дублей пока нет.</translation>
    </message>
    <message>
        <source>About this take</source>
        <translation>Об этом дубле</translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation>Другой вариант</translation>
    </message>
    <message>
        <source>Draw this panel again with another seed</source>
        <translation>Нарисовать кадр заново с другим зерном</translation>
    </message>
    <message>
        <source>take {0}</source>
        <translation>дубль {0}</translation>
    </message>
    <message>
        <source>(pinned)</source>
        <translation>(закреплён)</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>seed {0}</source>
        <translation>зерно {0}</translation>
    </message>
    <message>
        <source>Best of…</source>
        <translation>Лучший из…</translation>
    </message>
    <message>
        <source>Draw so many takes, each with a seed of its own, keep them all, and show the one that is best by likeness and prompt together</source>
        <translation>Нарисовать столько дублей, каждый со своим зерном, сохранить все и показать лучший по сходству и описанию вместе</translation>
    </message>
</context>
<context>
    <name>TokenMeter</name>
    <message>
        <source>{0} of {1} tokens</source>
        <translation>токенов: {0} из {1}</translation>
    </message>
</context>
<context>
    <name>TraitsTable</name>
    <message>
        <source>Traits, in the order of the prompt</source>
        <translation>Черты в порядке запроса</translation>
    </message>
    <message>
        <source>Trait</source>
        <translation>Черта</translation>
    </message>
    <message>
        <source>Words, in English</source>
        <translation>Слова, по-английски</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Add a trait</source>
        <translation>Добавить черту</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Remove this trait</source>
        <translation>Удалить эту черту</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Вверх</translation>
    </message>
    <message>
        <source>Move this trait up</source>
        <translation>Поднять эту черту</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Вниз</translation>
    </message>
    <message>
        <source>Move this trait down</source>
        <translation>Опустить эту черту</translation>
    </message>
</context>
<context>
    <name>Unsaved</name>
    <message>
        <source>The disk refuses this board: closing it loses what was changed since.</source>
        <translation>Диск не принимает эту раскадровку: если её закрыть, последние изменения пропадут.</translation>
    </message>
    <message>
        <source>Close it all the same</source>
        <translation>Всё равно закрыть</translation>
    </message>
</context>
<context>
    <name>agreement</name>
    <message>
        <source>likeness of {0} {1}</source>
        <translation>сходство, {0}: {1}</translation>
    </message>
    <message>
        <source>prompt {0}</source>
        <translation>запрос: {0}</translation>
    </message>
</context>
<context>
    <name>duration</name>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} мин</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} ч {1} мин</translation>
    </message>
</context>
<context>
    <name>error</name>
    <message>
        <source>cannot write {0}: {1}</source>
        <translation>не удаётся записать {0}: {1}</translation>
    </message>
    <message>
        <source>cannot read {0}: {1}</source>
        <translation>не удаётся прочитать {0}: {1}</translation>
    </message>
    <message>
        <source>cannot move {0}: {1}</source>
        <translation>не удаётся переместить {0}: {1}</translation>
    </message>
    <message>
        <source>cannot open {0}: {1}</source>
        <translation>не удаётся открыть {0}: {1}</translation>
    </message>
    <message>
        <source>cannot make the folder {0}: {1}</source>
        <translation>не удаётся создать папку {0}: {1}</translation>
    </message>
    <message>
        <source>the disk is full: free some space</source>
        <translation>диск заполнен: освободите место</translation>
    </message>
    <message>
        <source>the disk quota is used up: free some space</source>
        <translation>квота на диске исчерпана: освободите место</translation>
    </message>
    <message>
        <source>the disk is read-only: choose another folder</source>
        <translation>диск только для чтения: выберите другую папку</translation>
    </message>
    <message>
        <source>no permission: choose another folder, or change its permissions</source>
        <translation>нет прав: выберите другую папку или измените её права</translation>
    </message>
    <message>
        <source>a part of the path is a file, not a folder: choose another folder</source>
        <translation>часть пути — файл, а не папка: выберите другую папку</translation>
    </message>
    <message>
        <source>the folder is gone: was it moved, or a disk unplugged?</source>
        <translation>папки больше нет: её переместили или диск отключён?</translation>
    </message>
    <message>
        <source>the disk reports an error: copy the project to another disk</source>
        <translation>диск сообщает об ошибке: скопируйте проект на другой диск</translation>
    </message>
    <message>
        <source>{0} is already open in {1}: close it there first</source>
        <translation>{0} уже открыта ({1}): сначала закройте её там</translation>
    </message>
    <message>
        <source>{0} is no storyboard project: it holds no {1}</source>
        <translation>{0} — не раскадровка: в папке нет {1}</translation>
    </message>
    <message>
        <source>{0} is a file, not a project folder: check the path</source>
        <translation>{0} — файл, а не папка раскадровки: проверьте путь</translation>
    </message>
    <message>
        <source>{0} does not exist: check the path of the project</source>
        <translation>{0} не существует: проверьте путь к раскадровке</translation>
    </message>
    <message>
        <source>{0} holds neither a snapshot nor a panel to rebuild the board from</source>
        <translation>в {0} нет ни снимков, ни кадров, из которых можно восстановить раскадровку</translation>
    </message>
    <message>
        <source>{0} has format {1}, made by a newer version of Storyboard; this one reads up to {2}: update Storyboard</source>
        <translation>{0} — формат {1}, от более новой версии Storyboard; эта читает до {2}: обновите Storyboard</translation>
    </message>
    <message>
        <source>{0}{1}: this is not YAML ({2})</source>
        <translation>{0}{1}: это не YAML ({2})</translation>
    </message>
    <message>
        <source>{0} is empty: restore it from a snapshot</source>
        <translation>{0}: файл пуст, восстановите его из снимка</translation>
    </message>
    <message>
        <source>this panel cannot be split: its action is a single word or empty</source>
        <translation>этот кадр нельзя разделить: его действие пусто или в нём одно слово</translation>
    </message>
    <message>
        <source>a board has at most {0} panels: begin another board</source>
        <translation>в раскадровке не больше {0} кадров: начните другую</translation>
    </message>
    <message>
        <source>there is already a character called {0}</source>
        <translation>герой с именем {0} уже есть</translation>
    </message>
    <message>
        <source>aspect {0} is not a frame: write width:height between 1:4 and 4:1, for example 16:9, 2.39:1, 1:1 or 9:16</source>
        <translation>{0} — не формат кадра: напишите ширину:высоту от 1:4 до 4:1, например 16:9, 2.39:1, 1:1 или 9:16</translation>
    </message>
    <message>
        <source>the story is empty: write at least one sentence</source>
        <translation>история пуста: напишите хотя бы одно предложение</translation>
    </message>
    <message>
        <source>the story has no words: write at least one sentence</source>
        <translation>в истории нет слов: напишите хотя бы одно предложение</translation>
    </message>
    <message>
        <source>{0} is not text: save it as plain text in UTF-8</source>
        <translation>{0} — не текст: сохраните его как обычный текст в UTF-8</translation>
    </message>
    <message>
        <source>{0} is not a picture this program reads: use {1}</source>
        <translation>{0} — не картинка, которую программа умеет читать: подойдут {1}</translation>
    </message>
    <message>
        <source>{0} does not exist: check the path of the picture</source>
        <translation>{0} не существует: проверьте путь к картинке</translation>
    </message>
    <message>
        <source>{0} is damaged or cut off: open it in an image editor and save it again</source>
        <translation>{0}: картинка повреждена или обрезана; откройте её в редакторе и сохраните заново</translation>
    </message>
    <message>
        <source>{0} is animated or has several pages: save one frame as PNG</source>
        <translation>{0}: в картинке несколько кадров или страниц; сохраните одну как PNG</translation>
    </message>
    <message>
        <source>model {0} does not exist: check the path</source>
        <translation>модель {0} не существует: проверьте путь</translation>
    </message>
    <message>
        <source>model {0} is not on this machine and huggingface.co cannot be reached: connect once to download it, or use the model &apos;starter&apos;</source>
        <translation>модели {0} нет на этом компьютере, и huggingface.co недоступен: подключитесь один раз, чтобы загрузить её, или выберите начальную модель</translation>
    </message>
    <message>
        <source>{0} is refused: pickled weights can run any program; use a .safetensors file</source>
        <translation>{0} не принимается: веса в формате pickle могут запустить любую программу; возьмите файл .safetensors</translation>
    </message>
    <message>
        <source>The render process {0}. It is started again; finished panels are safe.</source>
        <translation>Процесс рисования {0}. Он запускается снова; готовые кадры целы.</translation>
    </message>
    <message>
        <source>was ended by the system ({0})</source>
        <translation>завершён системой ({0})</translation>
    </message>
    <message>
        <source>ended unexpectedly (exit code {0})</source>
        <translation>неожиданно завершился (код {0})</translation>
    </message>
    <message>
        <source>panel {0} cannot be drawn</source>
        <translation>кадр {0} не удаётся нарисовать</translation>
    </message>
    <message>
        <source>the model cannot be loaded</source>
        <translation>модель не удаётся загрузить</translation>
    </message>
    <message>
        <source>{0}: the render process {1}, twice; close other programs or choose a faster mode or a smaller model</source>
        <translation>{0}: процесс рисования {1}, дважды; закройте другие программы или выберите режим быстрее или модель меньше</translation>
    </message>
    <message>
        <source>the model {0} is not on this machine, and only this board asks for it: press Draw, and you are asked before it is downloaded</source>
        <translation>модели {0} нет на этом компьютере, и просит о ней только эта раскадровка: нажмите «Рисовать», и перед загрузкой вас спросят</translation>
    </message>
    <message>
        <source>{0} is missing: the board can be rebuilt from its pictures</source>
        <translation>{0} нет: раскадровку можно восстановить из её картинок</translation>
    </message>
    <message>
        <source>{0}; mend it there, or rebuild the board from its pictures</source>
        <translation>{0}; исправьте это там или восстановите раскадровку из её картинок</translation>
    </message>
    <message>
        <source>{0} is not for a board to say: remove it there, and set it in the preferences</source>
        <translation>{0}: раскадровка не может этого решать; уберите это оттуда и задайте в настройках</translation>
    </message>
    <message>
        <source>panel {0} came out as no picture (NaN) on {1} {2}, {3} times, with the last seed too: try another model</source>
        <translation>кадр {0} не получился (NaN) на {1} {2}, попыток: {3}, и с последним зерном тоже: попробуйте другую модель</translation>
    </message>
</context>
<context>
    <name>rescue</name>
    <message>
        <source>not a picture</source>
        <translation>не картинка</translation>
    </message>
    <message>
        <source>black</source>
        <translation>чёрная</translation>
    </message>
    <message>
        <source>of one colour</source>
        <translation>одного цвета</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>шум</translation>
    </message>
    <message>
        <source>still {0} after every attempt</source>
        <translation>и после всех попыток: {0}</translation>
    </message>
    <message>
        <source>drawn again: the first was {0}</source>
        <translation>нарисовано снова, первая попытка: {0}</translation>
    </message>
</context>
<context>
    <name>setting</name>
    <message>
        <source>Speed mode</source>
        <translation>Режим скорости</translation>
    </message>
    <message>
        <source>Steps a panel</source>
        <translation>Шагов на кадр</translation>
    </message>
    <message>
        <source>Guidance (CFG)</source>
        <translation>Следование запросу (CFG)</translation>
    </message>
    <message>
        <source>Strength of reference pictures</source>
        <translation>Сила образцов</translation>
    </message>
    <message>
        <source>Hold looks by reference pictures</source>
        <translation>Держать внешность по образцам</translation>
    </message>
    <message>
        <source>Channels last</source>
        <translation>Каналы в конце (channels last)</translation>
    </message>
    <message>
        <source>Sliced attention</source>
        <translation>Внимание по частям</translation>
    </message>
    <message>
        <source>Half precision on the GPU</source>
        <translation>Половинная точность на GPU</translation>
    </message>
    <message>
        <source>Acceleration</source>
        <translation>Ускорение</translation>
    </message>
    <message>
        <source>Main character</source>
        <translation>Главный герой</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>Негативный запрос</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Стиль</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>IP-Adapter</source>
        <translation>IP-Adapter</translation>
    </message>
    <message>
        <source>Few-step adapter</source>
        <translation>Адаптер для малого числа шагов</translation>
    </message>
    <message>
        <source>Fetch missing models</source>
        <translation>Загружать недостающие модели</translation>
    </message>
    <message>
        <source>Measure likeness and prompt</source>
        <translation>Измерять сходство и запрос</translation>
    </message>
    <message>
        <source>Smaller frames where memory is short</source>
        <translation>Меньший кадр, если не хватает памяти</translation>
    </message>
    <message>
        <source>Width of a frame, pixels</source>
        <translation>Ширина кадра, пикселей</translation>
    </message>
    <message>
        <source>Panels a story</source>
        <translation>Кадров на историю</translation>
    </message>
    <message>
        <source>Frame of new boards</source>
        <translation>Формат новых раскадровок</translation>
    </message>
    <message>
        <source>Seed of new boards</source>
        <translation>Зерно новых раскадровок</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Бумага</translation>
    </message>
    <message>
        <source>Preview every so many steps</source>
        <translation>Предпросмотр раз в столько шагов</translation>
    </message>
</context>
<context>
    <name>shot</name>
    <message>
        <source>wide shot</source>
        <translation>общий план</translation>
    </message>
    <message>
        <source>full shot</source>
        <translation>во весь рост</translation>
    </message>
    <message>
        <source>medium shot</source>
        <translation>средний план</translation>
    </message>
    <message>
        <source>close-up</source>
        <translation>крупный план</translation>
    </message>
    <message>
        <source>extreme close-up</source>
        <translation>деталь</translation>
    </message>
    <message>
        <source>eye level</source>
        <translation>на уровне глаз</translation>
    </message>
    <message>
        <source>low angle</source>
        <translation>снизу</translation>
    </message>
    <message>
        <source>high angle</source>
        <translation>сверху</translation>
    </message>
    <message>
        <source>over the shoulder</source>
        <translation>из-за плеча</translation>
    </message>
    <message>
        <source>static</source>
        <translation>неподвижна</translation>
    </message>
    <message>
        <source>pan</source>
        <translation>панорама</translation>
    </message>
    <message>
        <source>tilt</source>
        <translation>наклон</translation>
    </message>
    <message>
        <source>push in</source>
        <translation>наезд</translation>
    </message>
    <message>
        <source>pull out</source>
        <translation>отъезд</translation>
    </message>
    <message>
        <source>tracking</source>
        <translation>проезд</translation>
    </message>
</context>
</TS>

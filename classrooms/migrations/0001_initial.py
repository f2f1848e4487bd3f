"""Classes: their people, assignments, feedback and grades."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('debates', '0009_closing_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Classroom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('time_zone', models.CharField(max_length=64, verbose_name='time zone')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('keep_months', models.PositiveSmallIntegerField(default=13, verbose_name='months it is kept afterwards')),
                ('seats', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='most pupils')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('archived', models.DateTimeField(blank=True, editable=False, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('key', models.CharField(blank=True, editable=False, max_length=36, null=True)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('instructions', models.TextField(blank=True, max_length=5000, verbose_name='instructions')),
                ('shape', models.CharField(choices=[('shared', 'One map for everyone'), ('groups', 'A map for each group'), ('each', 'A map for each pupil')], default='shared', max_length=6, verbose_name='maps')),
                ('sides', models.CharField(choices=[('none', 'Pupils argue as they like'), ('chosen', 'Each pupil chooses a side'), ('assigned', 'Sides are dealt out')], default='none', max_length=8, verbose_name='sides')),
                ('write_first', models.BooleanField(default=False, verbose_name='write before you see others’ arguments')),
                ('requirements', models.JSONField(blank=True, default=dict)),
                ('opens', models.DateTimeField(blank=True, null=True, verbose_name='opens')),
                ('due', models.DateTimeField(blank=True, null=True, verbose_name='due')),
                ('cutoff', models.DateTimeField(blank=True, null=True, verbose_name='cut-off')),
                ('points', models.PositiveSmallIntegerField(default=100, verbose_name='points')),
                ('published', models.DateTimeField(blank=True, editable=False, null=True)),
                ('paused', models.DateTimeField(blank=True, editable=False, null=True)),
                ('unveiled', models.DateTimeField(blank=True, editable=False, null=True)),
                ('switched', models.DateTimeField(blank=True, editable=False, null=True)),
                ('deleted', models.DateTimeField(blank=True, editable=False, null=True)),
                ('polling', models.CharField(blank=True, editable=False, max_length=6)),
                ('released', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('key', models.CharField(blank=True, editable=False, max_length=36, null=True)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='assignments', to='debates.topic')),
                ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='assignments', to='classrooms.classroom')),
            ],
            options={
                'ordering': ('-created', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Grade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scores', models.JSONField(blank=True, default=dict)),
                ('marks', models.JSONField(blank=True, default=dict)),
                ('comment', models.TextField(blank=True, max_length=5000)),
                ('total', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('updated', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='GradeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('scores', models.JSONField(default=dict)),
                ('marks', models.JSONField(default=dict)),
                ('comment', models.TextField(blank=True)),
                ('total', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('released', models.DateTimeField(blank=True, null=True)),
                ('shown', models.JSONField(blank=True, default=dict)),
                ('seen', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('grade', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='versions', to='classrooms.grade')),
            ],
            options={
                'ordering': ('-version',),
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='groups', to='classrooms.assignment')),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='groups', to='debates.topic')),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='JoinCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires', models.DateTimeField(blank=True, null=True)),
                ('ended', models.DateTimeField(blank=True, editable=False, null=True)),
                ('uses_left', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='codes', to='classrooms.classroom')),
            ],
            options={
                'ordering': ('-created', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Phrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('praise', 'Praise'), ('question', 'Question'), ('fix', 'Fix')], max_length=8)),
                ('text', models.CharField(max_length=300)),
                ('used', models.PositiveIntegerField(default=0, editable=False)),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='phrases', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-used', 'text'),
            },
        ),
        migrations.CreateModel(
            name='Pupil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='name that the teacher knows')),
                ('rostered', models.BooleanField(default=False, editable=False)),
                ('joined', models.DateTimeField(blank=True, editable=False, null=True)),
                ('left', models.DateTimeField(blank=True, editable=False, null=True)),
                ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='pupils', to='classrooms.classroom')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='attending', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('roster', 'Opened the roster'), ('cards', 'Made new return phrases'), ('name', 'Asked whose words these are'), ('merge', 'Gave a guest’s work to a pupil'), ('grades', 'Opened grades or work'), ('export', 'Took names home in a file')], max_length=8)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='looks', to='classrooms.classroom')),
                ('statement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to='debates.statement')),
                ('teacher', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pupil', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_CASCADE, related_name='looks', to='classrooms.pupil')),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Rubric',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('criteria', models.JSONField(default=list)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='rubrics', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('title', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='assignment',
            name='rubric',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='assignments', to='classrooms.rubric'),
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(blank=True, choices=[('for', 'for the claim'), ('against', 'against the claim')], max_length=7)),
                ('due', models.DateTimeField(blank=True, null=True, verbose_name='due')),
                ('cutoff', models.DateTimeField(blank=True, null=True, verbose_name='cut-off')),
                ('opened', models.DateTimeField(blank=True, editable=False, null=True)),
                ('times_opened', models.PositiveIntegerField(default=0, editable=False)),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='seats', to='classrooms.assignment')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='seats', to='classrooms.group')),
                ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='seats', to='classrooms.pupil')),
            ],
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phase', models.CharField(choices=[('before', 'Before'), ('after', 'After')], max_length=6)),
                ('value', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='+', to='debates.statement')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='positions', to='classrooms.seat')),
            ],
        ),
        migrations.AddField(
            model_name='grade',
            name='seat',
            field=models.OneToOneField(on_delete=django.db.models.deletion.DB_CASCADE, related_name='grade', to='classrooms.seat'),
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('praise', 'Praise'), ('question', 'Question'), ('fix', 'Fix')], max_length=8, verbose_name='kind')),
                ('text', models.TextField(max_length=1000, verbose_name='text')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('seen', models.DateTimeField(blank=True, editable=False, null=True)),
                ('addressed', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn', models.DateTimeField(blank=True, editable=False, null=True)),
                ('key', models.CharField(blank=True, editable=False, max_length=36, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to='debates.statement')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='feedback', to='classrooms.seat')),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('last_change', models.PositiveIntegerField()),
                ('document', models.JSONField()),
                ('authors', models.JSONField(default=dict)),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.DB_CASCADE, related_name='snapshot', to='classrooms.group')),
            ],
        ),
        migrations.CreateModel(
            name='Teacher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'Owner: also decides about the class itself and its teachers'), ('teacher', 'Co-teacher: roster, assignments, feedback, grades')], default='teacher', max_length=8)),
                ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='teachers', to='classrooms.classroom')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='teaching', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Twin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='+', to='debates.statement')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='twins', to='classrooms.group')),
                ('original', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='+', to='debates.statement')),
            ],
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conclusion', models.TextField(blank=True, max_length=20000, verbose_name='conclusion')),
                ('used_ai', models.TextField(blank=True, max_length=2000, verbose_name='how I used AI')),
                ('handed_in', models.DateTimeField(blank=True, editable=False, null=True)),
                ('updated', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('seat', models.OneToOneField(on_delete=django.db.models.deletion.DB_CASCADE, related_name='work', to='classrooms.seat')),
            ],
        ),
        migrations.AddConstraint(
            model_name='classroom',
            constraint=models.UniqueConstraint(condition=models.Q(('key__isnull', False)), fields=('created_by', 'key'), name='class_key_once'),
        ),
        migrations.AddConstraint(
            model_name='classroom',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='class_name'),
        ),
        migrations.AddConstraint(
            model_name='classroom',
            constraint=models.CheckConstraint(condition=models.Q(('keep_months__lte', 60)), name='class_keep_months'),
        ),
        migrations.AddConstraint(
            model_name='gradeversion',
            constraint=models.UniqueConstraint(fields=('grade', 'version'), name='grade_version_once'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(fields=('assignment', 'number'), name='group_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='phrase',
            constraint=models.UniqueConstraint(fields=('teacher', 'kind', 'text'), name='phrase_once'),
        ),
        migrations.AddConstraint(
            model_name='pupil',
            constraint=models.UniqueConstraint(fields=('classroom', 'user'), name='pupil_once'),
        ),
        migrations.AddIndex(
            model_name='look',
            index=models.Index(fields=['classroom', '-at'], name='look_of_class'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('key__isnull', False)), fields=('created_by', 'key'), name='assignment_key_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('shape__in', ['shared', 'groups', 'each'])), name='assignment_shape'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('sides__in', ['none', 'chosen', 'assigned'])), name='assignment_sides'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('due', None), ('cutoff', None), ('cutoff__gte', models.F('due')), _connector='OR'), name='assignment_cutoff_after_due'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('assignment', 'pupil'), name='seat_once'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['', 'for', 'against'])), name='seat_side'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(fields=('seat', 'claim', 'phase'), name='position_once'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('value__lte', 4)), name='position_value'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ['before', 'after'])), name='position_phase'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.UniqueConstraint(condition=models.Q(('key__isnull', False)), fields=('by', 'key'), name='feedback_key_once'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['praise', 'question', 'fix'])), name='feedback_kind'),
        ),
        migrations.AddConstraint(
            model_name='teacher',
            constraint=models.UniqueConstraint(fields=('classroom', 'user'), name='teacher_once'),
        ),
        migrations.AddConstraint(
            model_name='teacher',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['owner', 'teacher'])), name='teacher_role'),
        ),
        migrations.AddConstraint(
            model_name='twin',
            constraint=models.UniqueConstraint(fields=('group', 'original'), name='twin_once'),
        ),
    ]

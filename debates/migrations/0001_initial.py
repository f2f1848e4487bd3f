import debates.models.constraints
import debates.models.evidence
import debates.models.vote
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('question', models.CharField(blank=True, max_length=300, verbose_name='question')),
                ('background', models.TextField(blank=True, max_length=5000, verbose_name='background')),
                ('slug', models.SlugField(allow_unicode=True, max_length=80, unique=True)),
                ('language', models.CharField(default='en', max_length=16, verbose_name='language')),
                ('visibility', models.CharField(choices=[('private', 'Private: only people you invite'), ('unlisted', 'Unlisted: anyone with the address'), ('public', 'Public: listed for everyone')], default='private', max_length=10, verbose_name='who can read it')),
                ('visitor_role', models.CharField(choices=[('viewer', 'Viewer: reads and votes'), ('suggester', 'Suggester: comments, and suggests arguments for others to accept'), ('writer', 'Writer: adds arguments and changes their own')], default='writer', max_length=10, verbose_name='what readers who are not members may do')),
                ('guests_vote', models.BooleanField(default=False, verbose_name='guests may vote')),
                ('votes_shown', models.CharField(choices=[('always', 'Always'), ('after_voting', 'To each reader once they have voted'), ('when_closed', 'When the topic is closed')], default='after_voting', max_length=12, verbose_name='when vote totals show')),
                ('names_shown', models.CharField(choices=[('pseudonyms', 'Pseudonyms, different in every topic'), ('names', 'Names of accounts')], default='pseudonyms', max_length=10, verbose_name='how people are named')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('last_change', models.PositiveIntegerField(default=0, editable=False)),
                ('search_text', models.TextField(default='', editable=False)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['visibility', '-changed_at'], name='topic_listed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('visibility__in', ['private', 'unlisted', 'public'])), name='topic_visibility'), models.CheckConstraint(condition=models.Q(('votes_shown__in', ['always', 'after_voting', 'when_closed'])), name='topic_votes_shown'), models.CheckConstraint(condition=models.Q(('names_shown__in', ['pseudonyms', 'names'])), name='topic_names_shown'), models.CheckConstraint(condition=models.Q(('visitor_role__in', ['viewer', 'suggester', 'writer'])), name='topic_visitor_role')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stance', models.CharField(blank=True, choices=[('supports', 'supports'), ('opposes', 'opposes')], max_length=8)),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='one idea, in one sentence')),
                ('note', models.TextField(blank=True, max_length=5000, verbose_name='note')),
                ('position', models.BigIntegerField(default=0)),
                ('depth', models.SmallIntegerField(default=0)),
                ('premise_group', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('status', models.CharField(choices=[('visible', 'visible'), ('suggested', 'suggested, waiting for an editor'), ('withdrawn', 'withdrawn by its author'), ('removed', 'removed by a moderator')], default='visible', max_length=9)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created', models.DateTimeField(default=django.utils.timezone.now)),
                ('updated', models.DateTimeField(default=django.utils.timezone.now)),
                ('key', models.CharField(blank=True, editable=False, max_length=36, null=True)),
                ('search_text', models.TextField(default='', editable=False)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='statements', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.DB_CASCADE, related_name='arguments', to='debates.statement')),
                ('refers_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_CASCADE, related_name='links', to='debates.statement')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='statements', to='debates.topic')),
                ('parent_depth', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('depth'), '-', models.Value(1)), output_field=models.SmallIntegerField())),
                ('bears_in', models.GeneratedField(db_persist=True, expression=models.Case(models.When(refers_to=None, then=models.F('topic')), default=None), output_field=models.BigIntegerField(null=True))),
            ],
            options={
                'indexes': [models.Index(fields=['topic', 'depth'], name='statement_by_level'), models.Index(fields=['parent', 'stance', 'status'], name='statement_children')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('depth', 0), ('parent', None), ('stance', '')), models.Q(('depth__gte', 1), ('parent__isnull', False), ('stance__in', ['supports', 'opposes'])), _connector='OR'), name='statement_stance_with_parent'), models.CheckConstraint(condition=models.Q(('depth__gte', 0), ('depth__lte', 50)), name='statement_depth'), models.CheckConstraint(condition=models.Q(('status__in', ['visible', 'suggested', 'withdrawn', 'removed'])), name='statement_status'), models.CheckConstraint(condition=models.Q(models.Q(('refers_to', None), models.Q(('text', ''), _negated=True)), models.Q(('parent__isnull', False), ('refers_to__isnull', False), ('text', '')), _connector='OR'), name='statement_text_or_link'), models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 300), name='statement_text_length'), models.UniqueConstraint(fields=('author', 'key'), name='statement_key_once'), models.UniqueConstraint(fields=('id', 'bears_in', 'depth'), name='statement_bears'), models.UniqueConstraint(fields=('id', 'bears_in'), name='statement_referable'), debates.models.constraints.CompositeForeignKey(fields=('parent', 'topic', 'parent_depth'), name='statement_parent_fits', to_fields=('id', 'bears_in', 'depth')), debates.models.constraints.CompositeForeignKey(fields=('refers_to', 'topic'), name='statement_target_fits', to_fields=('id', 'bears_in'))],
            },
            bases=(debates.models.vote.Voted, debates.models.evidence.Cited, models.Model),
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('debates.statement',),
        ),
        migrations.CreateModel(
            name='Argument',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('debates.statement',),
        ),
        migrations.CreateModel(
            name='Rebuttal',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('debates.statement',),
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('verb', models.CharField(max_length=20)),
                ('before', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('after', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undoes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='undone_by', to='debates.change')),
                ('statement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='changes', to='debates.statement')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='changes', to='debates.topic')),
            ],
            options={
                'ordering': ('topic', 'number'),
                'indexes': [models.Index(fields=['actor', 'at'], name='change_by_actor')],
                'constraints': [models.UniqueConstraint(fields=('topic', 'number'), name='change_numbered_once')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.SmallIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='votes', to='debates.statement')),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='votes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['statement', 'value'], name='vote_tally')],
                'constraints': [models.UniqueConstraint(fields=('statement', 'voter'), name='vote_once'), models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 4)), name='vote_value')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('document', 'Document'), ('data', 'Data'), ('expert', 'Expert'), ('example', 'Example'), ('experience', 'Experience')], default='document', max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('author', models.CharField(blank=True, max_length=200, verbose_name='author')),
                ('publisher', models.CharField(blank=True, max_length=200, verbose_name='publisher')),
                ('published', models.CharField(blank=True, max_length=40, verbose_name='date')),
                ('url', models.URLField(blank=True, max_length=500, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='address')),
                ('locator', models.CharField(blank=True, max_length=120, verbose_name='page or section')),
                ('quotation', models.TextField(blank=True, max_length=1000, verbose_name='quotation')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='sources', to='debates.statement')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='source_title'), models.CheckConstraint(condition=models.Q(('url', ''), ('url__startswith', 'http://'), ('url__startswith', 'https://'), _connector='OR'), name='source_url_scheme')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('comment', 'Comment'), ('question', 'Open question')], default='comment', max_length=8)),
                ('text', models.TextField(max_length=2000, verbose_name='comment')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('removed', models.BooleanField(default=False)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='comments', to=settings.AUTH_USER_MODEL)),
                ('reply_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.DB_CASCADE, related_name='replies', to='debates.comment')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='comments', to='debates.statement')),
            ],
            options={
                'ordering': ('created', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['comment', 'question'])), name='comment_kind')],
            },
        ),
        migrations.CreateModel(
            name='Essay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('author', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(max_length=200000)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='essays', to='debates.topic')),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('quote', models.TextField()),
                ('prefix', models.CharField(blank=True, max_length=32)),
                ('suffix', models.CharField(blank=True, max_length=32)),
                ('essay', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='passages', to='debates.essay')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='passages', to='debates.statement')),
            ],
            options={
                'ordering': ('start', 'end'),
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='passage_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('viewer', 'Viewer: reads and votes'), ('suggester', 'Suggester: comments, and suggests arguments for others to accept'), ('writer', 'Writer: adds arguments and changes their own'), ('editor', 'Editor: changes and moves anything, accepts suggestions'), ('owner', 'Owner: also settings, sharing and members')], max_length=10)),
                ('joined', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='memberships', to='debates.topic')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('topic', 'user'), name='membership_once'), models.CheckConstraint(condition=models.Q(('role__in', ['viewer', 'suggester', 'writer', 'editor', 'owner'])), name='membership_role')],
            },
        ),
        migrations.CreateModel(
            name='ShareLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('viewer', 'Viewer: reads and votes'), ('suggester', 'Suggester: comments, and suggests arguments for others to accept'), ('writer', 'Writer: adds arguments and changes their own'), ('editor', 'Editor: changes and moves anything, accepts suggestions')], max_length=10)),
                ('token', models.CharField(editable=False, max_length=43, unique=True)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires', models.DateTimeField(blank=True, null=True)),
                ('revoked', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='share_links', to='debates.topic')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['viewer', 'suggester', 'writer', 'editor'])), name='sharelink_role')],
            },
        ),
        migrations.CreateModel(
            name='Pseudonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='pseudonyms', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='pseudonyms', to='debates.topic')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('topic', 'user'), name='pseudonym_one_each'), models.UniqueConstraint(fields=('topic', 'name'), name='pseudonym_unlike_others')],
            },
        ),
    ]
